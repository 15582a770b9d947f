import { callWithKey, pictureUrl } from './key.js';
import { call, Problem } from './problem.js';

export interface Avatar {
  name: string;
  source: string;
  consent: string;
  width: number;
  height: number;
  portraitUrl: string;
}

export interface Session {
  id: string;
  avatar: string;
  whepUrl: string;
  whipUrl: string;
  token: string;
  iceServers: RTCIceServer[];
}

/** How a face speaks; the server knows the limits. */
export interface Style {
  audioScale: number;
  referenceScale: number;
  steps: number;
}

export interface Sample {
  name: string;
  title: string;
}

export interface Voice {
  name: string;
  title: string;
}

const json = { 'Content-Type': 'application/json' };

export const avatars = async (): Promise<Avatar[]> => (await callWithKey('/api/avatars')).json() as Promise<Avatar[]>;

export async function addAvatar(image: Blob, name: string, consent: string): Promise<Avatar> {
  const query = new URLSearchParams({ name, consent });
  const type = image.type || 'application/octet-stream';
  const response = await callWithKey(`/api/avatars?${query}`, { method: 'POST', headers: { 'Content-Type': type }, body: image });
  return response.json() as Promise<Avatar>;
}

export const speechOffer = async (): Promise<{ samples: Sample[]; voices: Voice[] }> =>
  (await callWithKey('/api/speech')).json() as Promise<{ samples: Sample[]; voices: Voice[] }>;

/** Something that an image can show; for `src` and `poster`. */
export const portrait = (avatar: string): Promise<string> => pictureUrl(`/api/avatars/${encodeURIComponent(avatar)}/portrait`);

export async function createSession(avatar: string | null): Promise<Session> {
  const response = await callWithKey('/api/sessions', { method: 'POST', headers: json, body: JSON.stringify({ avatar }) });
  return response.json() as Promise<Session>;
}

export async function joinSession(id: string, token: string): Promise<Session> {
  const response = await call(`/api/sessions/${encodeURIComponent(id)}`, {}, token);
  return { ...((await response.json()) as Session), token };
}

/** What can be done to one session. */
export class SessionControl {
  /** @param ours - made by this page, which then may ask for another token when the first one expires */
  constructor(
    readonly session: Session,
    private readonly ours: boolean,
  ) {}

  get url(): string {
    return `/api/sessions/${encodeURIComponent(this.session.id)}`;
  }

  say = (text: string, voice: string) => this.post('/say', JSON.stringify({ text, voice }), json);
  sample = (name: string) => this.post(`/samples/${encodeURIComponent(name)}`);
  speech = (file: Blob) => this.post('/speech', file, { 'Content-Type': file.type || 'application/octet-stream' });
  interrupt = () => this.post('/interrupt');

  /** Changes what is given at once; answers the style then in force. */
  async restyle(change: Partial<Style>): Promise<Style> {
    const response = await call(`${this.url}/style`, { method: 'PATCH', headers: json, body: JSON.stringify(change) }, this.session.token);
    return response.json() as Promise<Style>;
  }

  /** Back to the style that the session began with. */
  async resetStyle(): Promise<Style> {
    return (await call(`${this.url}/style`, { method: 'DELETE' }, this.session.token)).json() as Promise<Style>;
  }

  async close(): Promise<void> {
    await call(this.url, { method: 'DELETE', keepalive: true }, this.session.token).catch(() => undefined);
  }

  /** Runs what needs the session's token; where it has expired, gets another one and runs it again. */
  async withToken<T>(work: (token: string) => Promise<T>): Promise<T> {
    try {
      return await work(this.session.token);
    } catch (error) {
      if (!(await this.renew(error))) throw error;
      return work(this.session.token);
    }
  }

  /** Gets another token where that can help against the error. */
  async renew(error: unknown): Promise<boolean> {
    if (!this.ours || !(error instanceof Problem) || error.reason !== 'TOKEN_EXPIRED') return false;
    const response = await callWithKey(`${this.url}/tokens`, { method: 'POST', headers: json, body: '{}' });
    this.session.token = ((await response.json()) as { token: string }).token;
    return true;
  }

  private async post(path: string, body: BodyInit | null = null, headers: HeadersInit = {}): Promise<void> {
    await this.withToken((token) => call(this.url + path, { method: 'POST', body, headers }, token));
  }
}
