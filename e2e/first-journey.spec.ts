import {
  chooseRowAction,
  expectSignedOutWithinASecond,
  fillSignIn,
  inDialog,
  printedPassword,
  signIn,
  statusOfOwnCall,
} from "./support/browser-steps";
import { expect, test } from "./support/browser-test";

// As on a fresh clone: nobody chose a password, so the install makes one and prints it.
test.use({ install: { name: "fresh", env: { ADMIN_PASSWORD: "" } } });

const member = { email: "mira@journeys.example", name: "Mira Quill", password: "a lantern by the harbour" };

test("the owner signs in with the printed password, invites a person, and ends their access within a second", async ({
  host,
  newDevice,
}) => {
  const ownerPage = await newDevice();
  const memberPage = await newDevice();
  const ownPassword = "an orchard behind the mill";

  await test.step("the printed password lets in and an own one is asked for", async () => {
    await ownerPage.goto("/");
    await expect(ownerPage).toHaveURL(/\/login$/);
    await fillSignIn(ownerPage, host.admin.email, printedPassword(host));
    await expect(ownerPage.getByRole("heading", { name: "Choose your own password" })).toBeVisible();
    await ownerPage.getByLabel("Generated password").fill(printedPassword(host));
    await ownerPage.getByLabel("New password").fill(ownPassword);
    await ownerPage.getByRole("button", { name: "Save the new password" }).click();
    await expect(ownerPage).toHaveURL(/\/dashboard$/);
  });

  const link = await test.step("an invitation gives a link", async () => {
    await ownerPage.getByRole("navigation").getByRole("link", { name: "Users", exact: true }).click();
    await ownerPage.getByRole("button", { name: "Invite a user" }).click();
    const dialog = ownerPage.getByRole("dialog");
    await dialog.getByLabel("E-mail").fill(member.email);
    await dialog.getByLabel("Name", { exact: true }).fill(member.name);
    await inDialog(ownerPage, "Create invitation").click();
    const url = await dialog.getByLabel("Invitation link", { exact: true }).inputValue();
    await inDialog(ownerPage, "Done").click();
    return url;
  });

  await test.step("the link makes the person a member, in another browser", async () => {
    await memberPage.goto(link);
    await expect(memberPage.getByText(member.email)).toBeVisible();
    await memberPage.getByLabel("Password", { exact: true }).fill(member.password);
    await memberPage.getByRole("button", { name: "Accept and sign in" }).click();
    await expect(memberPage).toHaveURL(/\/dashboard$/);
    await expect(memberPage.getByRole("heading", { level: 1 })).toHaveText(`Hello, ${member.name}`);
  });

  await test.step("a member does not get into the administration", async () => {
    const answer = await memberPage.goto("/admin");
    expect(answer?.status()).toBe(403);
    await expect(memberPage.getByRole("heading", { name: "This page is for administrators" })).toBeVisible();
    await memberPage.getByRole("link", { name: "Go to your overview" }).click();
    await expect(memberPage).toHaveURL(/\/dashboard$/);
    expect(await statusOfOwnCall(memberPage)).toBe(200);
  });

  await test.step("disabling ends the open page and its calls", async () => {
    await chooseRowAction(ownerPage, member.email, "Disable");
    const disabled = ownerPage.waitForResponse((response) => response.request().method() === "PATCH");
    await inDialog(ownerPage, "Disable").click();
    await disabled;
    await expectSignedOutWithinASecond(memberPage);
    await memberPage.reload();
    await expect(memberPage).toHaveURL(/\/login\?/);
    await fillSignIn(memberPage, member.email, member.password);
    await expect(memberPage.getByText("E-mail or password is wrong")).toBeVisible();
  });

  await test.step("enabling lets the person in again", async () => {
    await chooseRowAction(ownerPage, member.email, "Enable");
    await inDialog(ownerPage, "Enable").click();
    await expect(ownerPage.getByRole("row", { name: member.email })).toContainText("Active");
    await signIn(memberPage, member.email, member.password);
    await expect(memberPage).toHaveURL(/\/dashboard$/);
  });
});
