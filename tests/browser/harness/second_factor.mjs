// A device that shows the codes of a second factor (RFC 6238).

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { PASSWORD } from './installation.mjs';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The present code of a secret in base 32. */
function code(secret) {
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const tag = createHmac('sha1', bytes).update(step).digest();
  const at = tag[19] & 15;
  return String((tag.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Sets up a second factor of the account that is signed in, as somebody who types its key; the recovery codes. */
export async function setSecondFactor(visitor) {
  const { page } = visitor;
  await visitor.visit('/account');
  await visitor.follow('二要素認証を設定する');
  const secret = (await page.locator('.second-factor-key').innerText()).replace(/\s/g, '');
  await page.getByLabel('確認コード').fill(code(secret));
  await page.getByLabel('現在のパスワード').fill(PASSWORD);
  await visitor.press('二要素認証を設定する', { status: 201 });
  const codes = await page.locator('.recovery-codes li').allInnerTexts();
  assert.equal(codes.length, 10);
  return codes;
}
