import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { NewPasskeyResponse, PasskeyResponse } from "../factors/schema";

/** How an authenticator answers; whatever a test changes is wrong about it. */
type Behaviour = {
  origin?: string;
  rpId?: string;
  counter?: number;
  isVerified?: boolean;
  userHandle?: string;
};

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest();
const base64url = (data: Uint8Array | string) => Buffer.from(data).toString("base64url");

/** Just enough CBOR (RFC 8949) for what an authenticator says: small maps, bytes, texts and integers. */
function cbor(value: Map<unknown, unknown> | Uint8Array | string | number): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string")
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].flatMap(([key, inner]) => [cbor(key as string), cbor(inner as string)]);
  return Buffer.concat([head(5, value.size), ...entries]);
}

function head(type: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(type << 5) | length]);
  if (length < 256) return Buffer.from([(type << 5) | 24, length]);
  return Buffer.from([(type << 5) | 25, length >> 8, length & 0xff]);
}

/** A phone or security key in software: one ES256 key pair, kept for one site. */
export class Authenticator {
  private readonly keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly id = base64url(randomBytes(32));
  private userHandle: string | undefined;

  constructor(private readonly origin = "http://localhost:3000") {}

  create(options: Record<string, unknown>, behaviour: Behaviour = {}): NewPasskeyResponse {
    const { challenge, user } = options as { challenge: string; user: { id: string } };
    this.userHandle = user.id;
    const { x = "", y = "" } = this.keys.publicKey.export({ format: "jwk" });
    const cose = new Map<unknown, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, "base64url")],
      [-3, Buffer.from(y, "base64url")],
    ]);
    const id = Buffer.from(this.id, "base64url");
    const length = Buffer.from([id.length >> 8, id.length & 0xff]);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, cbor(cose)]);
    const authData = Buffer.concat([this.authenticatorData(behaviour, 0x40), attested]);
    const attestation = new Map<unknown, unknown>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", authData],
    ]);
    return {
      ...this.credential(),
      response: {
        clientDataJSON: this.clientData("webauthn.create", challenge, behaviour),
        attestationObject: base64url(cbor(attestation)),
        transports: ["internal"],
      },
    };
  }

  get(options: Record<string, unknown>, behaviour: Behaviour = {}): PasskeyResponse {
    const { challenge } = options as { challenge: string };
    const authenticatorData = this.authenticatorData(behaviour, 0);
    const clientDataJSON = this.clientData("webauthn.get", challenge, behaviour);
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, "base64url"))]);
    return {
      ...this.credential(),
      response: {
        clientDataJSON,
        authenticatorData: base64url(authenticatorData),
        signature: base64url(sign("sha256", signed, this.keys.privateKey)),
        userHandle: behaviour.userHandle ?? this.userHandle,
      },
    };
  }

  private credential() {
    return { id: this.id, rawId: this.id, type: "public-key" as const, clientExtensionResults: {} };
  }

  private clientData(type: string, challenge: string, { origin = this.origin }: Behaviour): string {
    return base64url(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  private authenticatorData({ rpId, counter = 0, isVerified = true }: Behaviour, more: number): Buffer {
    const flags = Buffer.from([0x01 | (isVerified ? 0x04 : 0) | more]);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId ?? new URL(this.origin).hostname), flags, count]);
  }
}
