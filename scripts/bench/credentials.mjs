import { StepError } from "../steps.mjs";

/** One of each kind that the product knows besides keys, as headers: a signed-in browser's cookie, and a token. */
export async function signIn(origin, email, password) {
  return { cookie: await cookieOf(origin, email, password), token: await tokenOf(origin, email, password) };
}

async function tokenOf(origin, email, password) {
  const answer = await fetch(`${origin}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (answer.status !== 200) throw new StepError(`No token: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).access_token;
}

/** The browser's way: a form with the cookie that belongs to it. */
async function cookieOf(origin, email, password) {
  const form = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = await form.json();
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: "POST",
    headers: {
      cookie: cookiesOf(form).join("; "),
      "content-type": "application/x-www-form-urlencoded",
      "x-auth-return-redirect": "1",
    },
    body: new URLSearchParams({ csrfToken, email, password }),
    redirect: "manual",
  });
  const session = cookiesOf(answer).find((cookie) => cookie.startsWith("adyton.session="));
  if (!session) throw new StepError(`No session: ${answer.status} ${await answer.text()}`);
  return session;
}

const cookiesOf = (answer) => answer.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
