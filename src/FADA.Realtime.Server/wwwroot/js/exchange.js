import { call } from './problem.js';
/** Sends the connection's offer, candidates included, and applies the answer. */
export async function exchange(pc, url, token, signal) {
    await pc.setLocalDescription();
    await gathered(pc);
    const response = await call(url, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: pc.localDescription.sdp, signal: signal ?? null }, token);
    const location = new URL(response.headers.get('Location') ?? '', new URL(url, document.baseURI)).href;
    const end = async () => {
        // keepalive: also when the page is being closed.
        await call(location, { method: 'DELETE', keepalive: true }, token).catch(() => undefined);
    };
    try {
        await pc.setRemoteDescription({ type: 'answer', sdp: await response.text() });
    }
    catch (error) {
        await end();
        throw error;
    }
    return { end };
}
/** Waits for this machine's own addresses, but not for a slow STUN server. */
function gathered(pc) {
    if (pc.iceGatheringState === 'complete')
        return Promise.resolve();
    return new Promise((resolve) => {
        const done = () => {
            clearTimeout(timer);
            pc.removeEventListener('icegatheringstatechange', check);
            resolve();
        };
        const check = () => pc.iceGatheringState === 'complete' && done();
        const timer = setTimeout(done, 500);
        pc.addEventListener('icegatheringstatechange', check);
    });
}
