import { call } from './problem.js';
const json = { 'Content-Type': 'application/json' };
export const avatars = async () => (await call('/api/avatars')).json();
export async function addAvatar(image, name, consent) {
    const query = new URLSearchParams({ name, consent });
    const type = image.type || 'application/octet-stream';
    const response = await call(`/api/avatars?${query}`, { method: 'POST', headers: { 'Content-Type': type }, body: image });
    return response.json();
}
export const speechOffer = async () => (await call('/api/speech')).json();
export async function createSession(avatar) {
    const response = await call('/api/sessions', { method: 'POST', headers: json, body: JSON.stringify({ avatar }) });
    return response.json();
}
export async function joinSession(id, token) {
    const response = await call(`/api/sessions/${encodeURIComponent(id)}`, {}, token);
    return { ...(await response.json()), token };
}
/** What can be done to one session. */
export class SessionControl {
    session;
    constructor(session) {
        this.session = session;
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
    async post(path, body = null, headers = {}) {
        await call(this.url + path, { method: 'POST', body, headers }, this.session.token);
    }
}
