import { newId, randomBase62 } from "../../lib/core/ids";
import { keyText, randomLength } from "../../lib/keys/domain";
import { keyDigest } from "../../lib/keys/queries";

export { newId };

/** A key as the product would hand it out, and what is stored of it. Needs DATA_DIR, for the secret of the digest. */
export function makeUpKey(): { secret: string; digest: string } {
  const secret = keyText(randomBase62(randomLength));
  return { secret, digest: keyDigest(secret) };
}
