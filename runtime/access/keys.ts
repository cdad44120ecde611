/**
 * Which secrets does this installation hold, and where are they kept?
 * Also called: signing key, session secret, Ed25519, 署名鍵, 秘密鍵.
 * Made at the first start in the data directory, readable by its owner only; KANADE_SECRET and KANADE_SIGNING_KEY take their place.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartUpProblem } from '#runtime/start-up-problem.ts';

export type Keys = {
  /** Signs session cookies. Changing it ends every session. */
  readonly secret: string;
  /** Names the signing key: the SHA-256 of its public half. */
  readonly keyId: string;
  /** The public half, as PEM: what a worker needs to verify a release. */
  readonly publicKey: string;
  sign(text: string): string;
};

/** The keys named by the environment, else those in `directory`, made there when missing. */
export function installationKeys(directory: string, environment: NodeJS.ProcessEnv): Keys {
  const secret =
    environment['KANADE_SECRET'] ?? kept(directory, 'session-secret', () => randomBytes(32).toString('hex'));
  const pem = environment['KANADE_SIGNING_KEY'] ?? kept(directory, 'signing-key.pem', newSigningKey);
  const privateKey = parseSigningKey(pem);
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }) as string;
  return {
    secret,
    publicKey,
    keyId: keyIdOf(publicKey),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
  };
}

/** Whether `signature` over `text` was made by the owner of `publicKey`. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'));
}

export function keyIdOf(publicKey: string): string {
  return createHash('sha256')
    .update(createPublicKey(publicKey).export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

function parseSigningKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw new StartUpProblem('signing-key-invalid', {}, error);
  }
  throw new StartUpProblem('signing-key-invalid');
}

/** The text kept under `name`. Of two processes that make it at once, the first one's stays. */
function kept(directory: string, name: string, make: () => string): string {
  const file = join(directory, name);
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, make(), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(draft);
    }
  }
  return readFileSync(file, 'utf8');
}
