// What build.mjs copies beside this file's place, under names that a browser resolves without a bundler.
export { correction, generate } from 'lean-qr/nano';
