import { byId } from './elements.js';
import { call, Problem } from './problem.js';
const place = 'fada-key';
let kept = read();
let asking = null;
let silent = false;
/** Calls a door that may want a key: asks for one where the server does, once for all who wait, and again for a wrong one. */
export async function callWithKey(input, init = {}) {
    for (;;) {
        const used = kept;
        try {
            return await call(input, init, used ?? undefined);
        }
        catch (error) {
            if (!(error instanceof Problem) || !['KEY_MISSING', 'KEY_WRONG'].includes(error.reason))
                throw error;
            // Another call may have got the key meanwhile.
            if (kept === used && !(await ask(used ? error.message : '')))
                throw error;
        }
    }
}
/** For a visitor with a session's token: such a one has no key to tell. */
export function neverAsk() {
    silent = true;
}
/** Pictures cannot be asked for with a key: with one they are fetched and shown from memory. */
export async function pictureUrl(url) {
    if (!kept)
        return url;
    return URL.createObjectURL(await (await callWithKey(url)).blob());
}
function read() {
    try {
        return sessionStorage.getItem(place);
    }
    catch {
        // No storage in this window: the key is for this page.
        return null;
    }
}
function keep(key) {
    kept = key;
    try {
        sessionStorage.setItem(place, key);
    }
    catch {
        // As above.
    }
}
function ask(problem) {
    if (silent)
        return Promise.resolve(false);
    asking ??= new Promise((resolve) => {
        const dialog = byId('key-dialog', HTMLDialogElement);
        const input = byId('key', HTMLInputElement);
        const abort = new AbortController();
        const { signal } = abort;
        byId('key-problem', HTMLParagraphElement).textContent = problem;
        input.value = '';
        byId('key-form', HTMLFormElement).addEventListener('submit', () => keep(input.value.trim()), { signal });
        byId('key-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close('cancel'), { signal });
        // Also by Escape; only the button of the form leaves its own value.
        dialog.addEventListener('close', () => {
            abort.abort();
            asking = null;
            input.value = '';
            resolve(dialog.returnValue === 'enter');
        }, { signal });
        dialog.returnValue = '';
        dialog.showModal();
    });
    return asking;
}
