import { createSession, joinSession, portrait, SessionControl, speechOffer, type Avatar, type Sample, type Session, type Voice } from './api.js';
import { AvatarPicker } from './avatar-picker.js';
import { byId, setFace } from './elements.js';
import { describe, EventLog } from './event-log.js';
import { readEvents, type SessionEvent } from './events.js';
import { neverAsk } from './key.js';
import { Microphone } from './microphone.js';
import { StatsReader } from './player-stats.js';
import { Problem } from './problem.js';
import { SharePanel } from './share.js';
import { Stage } from './stage.js';
import { StylePanel } from './style-panel.js';
import { themeButton } from './theme.js';

const query = new URLSearchParams(location.search);
const log = new EventLog(byId('log', HTMLDivElement));
const alertBox = byId('alert', HTMLDivElement);
const stage = new Stage((error) => void lose(error));
const picker = new AvatarPicker((avatar) => void open(avatar.name));
const speak = byId('speak', HTMLButtonElement);
const sample = byId('sample', HTMLSelectElement);
const text = byId('text', HTMLTextAreaElement);
const voice = byId('voice', HTMLSelectElement);
const mic = byId('mic', HTMLButtonElement);
const interrupt = byId('interrupt', HTMLButtonElement);
const style = new StylePanel(live, show);
new SharePanel(() => live().session, show, () => log.add('share', 'The viewer link was copied.'));
const events: SessionEvent[] = [];

let control: SessionControl | null = null;
let following: AbortController | null = null;
let microphone: Microphone | null = null;
let opening = 0;
/** Sessions that this page made end with it; one that it joined does not. */
let ours = false;

function show(error: Error | null): void {
  alertBox.textContent = error?.message ?? '';
  alertBox.hidden = !error;
  if (error) log.add('error', error.message);
}

/** The player's trouble: a token that expired is replaced, which connects anew; all else is shown. */
async function lose(error: Error): Promise<void> {
  const watched = control;
  try {
    if (!(await watched?.renew(error))) show(error);
    else if (watched === control) stage.player.setAttribute('token', watched!.session.token);
  } catch (failure) {
    show(failure as Error);
  }
}

/** Runs what a button asks for; a failure is shown, not thrown. */
async function attempt(work: () => Promise<unknown>, button?: HTMLButtonElement): Promise<void> {
  if (button) button.disabled = true;
  try {
    show(null);
    await work();
  } catch (error) {
    show(error as Error);
  } finally {
    if (button) button.disabled = false;
  }
}

function live(): SessionControl {
  if (!control) throw new Error('There is no session yet.');
  return control;
}

async function leave(): Promise<void> {
  following?.abort();
  await microphone?.close();
  microphone = null;
  showMicrophone();
  stage.player.removeAttribute('src');
  style.close();
  const old = control;
  control = null;
  if (old && ours) await old.close();
}

/** Brings an avatar to life and watches it; tries again while the server is full. */
async function open(avatar: string | null): Promise<void> {
  const mine = ++opening;
  await leave();
  stage.showState('connecting', 'Waking the face…');
  while (mine === opening) {
    try {
      const session = await createSession(avatar);
      if (mine !== opening) {
        await new SessionControl(session, true).close();
        return;
      }
      ours = true;
      show(null);
      watch(session);
      return;
    } catch (error) {
      show(error as Error);
      const again = error instanceof Problem ? error.retryAfter : null;
      if (again === null) return stage.showState('lost', 'No session');
      stage.showState('lost', `Trying again in ${again} s…`);
      await new Promise((resolve) => setTimeout(resolve, again * 1000));
    }
  }
}

function watch(session: Session): void {
  control = new SessionControl(session, ours);
  const { player } = stage;
  void portrait(session.avatar).then(
    (url) => control?.session === session && player.setAttribute('poster', url),
    () => player.removeAttribute('poster'),
  );
  player.setAttribute('label', `Live video of the avatar ${session.avatar}`);
  player.iceServers = session.iceServers;
  player.setAttribute('token', session.token);
  player.setAttribute('src', session.whepUrl);
  following = new AbortController();
  void follow(control, following.signal);
  document.body.classList.add('has-session');
}

/** Follows the session's events; a broken stream is opened again, a session that ended is replaced. */
async function follow(watched: SessionControl, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await watched.withToken((token) => readEvents(`${watched.url}/events`, token, signal, take));
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Problem && error.status === 404) {
        log.add('closed', 'The session ended.');
        if (ours) void open(watched.session.avatar);
        else stage.showState('lost', 'The session ended');
        return;
      }
      // Another try would be refused as this one was.
      if (error instanceof Problem && [401, 403].includes(error.status)) return show(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

function take(event: SessionEvent): void {
  stage.hear(event);
  style.hear(event);
  if (event.type === 'stats') return;
  events.push(event);
  if (events.length > 1000) events.shift();
  const sentence = describe(event);
  if (sentence) log.add(event.type, sentence);
}

function showMicrophone(): void {
  mic.classList.toggle('on', microphone !== null);
  setFace(mic, 'microphone', microphone ? 'Stop the microphone' : 'Talk by microphone');
}

async function toggleMicrophone(): Promise<void> {
  if (microphone) {
    await microphone.close();
    microphone = null;
  } else {
    const { session } = live();
    await stage.player.unmute();
    microphone = await live().withToken((token) => Microphone.open(session.whipUrl, token, session.iceServers, () => {
      void microphone?.close();
      microphone = null;
      showMicrophone();
      show(new Error('The microphone was lost.'));
    }));
    log.add('microphone', 'The microphone is on: the face says what you say.');
  }
  showMicrophone();
}

async function playSample(name: string = sample.value): Promise<void> {
  await stage.player.unmute();
  await live().sample(name);
}

speak.addEventListener('click', () => void attempt(() => playSample(), speak));
interrupt.addEventListener('click', () => void attempt(() => live().interrupt(), interrupt));
mic.addEventListener('click', () => void attempt(toggleMicrophone, mic));
byId('say-form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void attempt(async () => {
    await stage.player.unmute();
    await live().say(text.value, voice.value);
  }, byId('say', HTMLButtonElement));
});
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId('say-form', HTMLFormElement).requestSubmit();
});
byId('sound-file', HTMLInputElement).addEventListener('change', (event) => {
  const input = event.target as HTMLInputElement;
  const file = input.files?.[0];
  input.value = '';
  if (file) void attempt(async () => (await stage.player.unmute(), await live().speech(file)));
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !document.querySelector('dialog[open]')) interrupt.click();
});
addEventListener('pagehide', () => void leave());
addEventListener('pageshow', (event) => event.persisted && location.reload());

async function start(): Promise<void> {
  const wanted = query.get('session');
  if (wanted) {
    // Whoever follows a link to a session has its token, and need not have a key for what else there is.
    neverAsk();
    watch(await joinSession(wanted, location.hash.slice(1)));
  }
  const lists = Promise.all([picker.load(query.get('avatar')), speechOffer()]);
  const [all, offer] = await (wanted ? lists.catch(nothing) : lists);
  const options = (items: { name: string; title: string }[]) => items.map((item) => new Option(item.title, item.name));
  sample.replaceChildren(...options(offer.samples));
  voice.replaceChildren(...options(offer.voices));
  if (!wanted) await open((all.find((avatar: Avatar) => avatar.name === query.get('avatar')) ?? all[0])?.name ?? null);
  if (query.get('autoplay') === '1') {
    await whenLive();
    await playSample();
  }
}

function nothing(error: unknown): [Avatar[], { samples: Sample[]; voices: Voice[] }] {
  if (error instanceof Problem && error.reason === 'KEY_MISSING') return [[], { samples: [], voices: [] }];
  throw error;
}

function whenLive(): Promise<void> {
  const { player } = stage;
  return new Promise((resolve) => {
    const check = () => {
      if (player.state !== 'live') return;
      player.removeEventListener('state', check);
      resolve();
    };
    player.addEventListener('state', check);
    check();
  });
}

// For tests in a real browser, and for the curious at the developer console.
const probe = new StatsReader();
Object.defineProperty(window, 'fada', {
  value: {
    get pc() { return stage.player.pc; },
    get video() { return stage.player.video; },
    get state() { return stage.player.state; },
    get session() { return control?.session ?? null; },
    events,
    stats: () => (stage.player.pc ? probe.read(stage.player.pc) : Promise.resolve(null)),
    whenLive,
    sample: (name?: string) => playSample(name),
    say: (words: string, by = voice.value) => live().say(words, by),
    interrupt: () => live().interrupt(),
    unmute: () => stage.player.unmute(),
  },
});

themeButton();
showMicrophone();
void attempt(start);
