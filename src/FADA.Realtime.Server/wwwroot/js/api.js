import { callWithKey, pictureUrl } from './key.js';
import { call, Problem } from './problem.js';
const json = { 'Content-Type': 'application/json' };
export const avatars = async () => (await callWithKey('/api/avatars')).json();
export async function addAvatar(image, name, consent) {
    const query = new URLSearchParams({ name, consent });
    const type = image.type || 'application/octet-stream';
    const response = await callWithKey(`/api/avatars?${query}`, { method: 'POST', headers: { 'Content-Type': type }, body: image });
    return response.json();
}
export const speechOffer = async () => (await callWithKey('/api/speech')).json();
/** Something that an image can show; for `src` and `poster`. */
export const portrait = (avatar) => pictureUrl(`/api/avatars/${encodeURIComponent(avatar)}/portrait`);
export async function createSession(avatar) {
    const response = await callWithKey('/api/sessions', { method: 'POST', headers: json, body: JSON.stringify({ avatar }) });
    return response.json();
}
export async function joinSession(id, token) {
    const response = await call(`/api/sessions/${encodeURIComponent(id)}`, {}, token);
    return { ...(await response.json()), token };
}
/** What can be done to one session. */
export class SessionControl {
    session;
    ours;
    /** @param ours - made by this page, which then may ask for another token when the first one expires */
    constructor(session, ours) {
        this.session = session;
        this.ours = ours;
    }
    get url() {
        return `/api/sessions/${encodeURIComponent(this.session.id)}`;
    }
    say = (text, voice) => this.post('/say', JSON.stringify({ text, voice }), json);
    sample = (name) => this.post(`/samples/${encodeURIComponent(name)}`);
    speech = (file) => this.post('/speech', file, { 'Content-Type': file.type || 'application/octet-stream' });
    interrupt = () => this.post('/interrupt');
    /** Changes what is given at once; answers the style then in force. */
    async restyle(change) {
        const response = await call(`${this.url}/style`, { method: 'PATCH', headers: json, body: JSON.stringify(change) }, this.session.token);
        return response.json();
    }
    /** Back to the style that the session began with. */
    async resetStyle() {
        return (await call(`${this.url}/style`, { method: 'DELETE' }, this.session.token)).json();
    }
    async close() {
        await call(this.url, { method: 'DELETE', keepalive: true }, this.session.token).catch(() => undefined);
    }
    /** Runs what needs the session's token; where it has expired, gets another one and runs it again. */
    async withToken(work) {
        try {
            return await work(this.session.token);
        }
        catch (error) {
            if (!(await this.renew(error)))
                throw error;
            return work(this.session.token);
        }
    }
    /** Gets another token where that can help against the error. */
    async renew(error) {
        if (!this.ours || !(error instanceof Problem) || error.reason !== 'TOKEN_EXPIRED')
            return false;
        const response = await callWithKey(`${this.url}/tokens`, { method: 'POST', headers: json, body: '{}' });
        this.session.token = (await response.json()).token;
        return true;
    }
    async post(path, body = null, headers = {}) {
        await this.withToken((token) => call(this.url + path, { method: 'POST', body, headers }, token));
    }
}
