const limit = 200;
/** The page's event log: newest last, bounded, read out politely. */
export class EventLog {
    list;
    constructor(list) {
        this.list = list;
    }
    add(kind, text) {
        const item = document.createElement('p');
        item.dataset.kind = kind;
        const time = document.createElement('time');
        time.textContent = new Date().toLocaleTimeString([], { hour12: false });
        item.append(time, document.createTextNode(text));
        const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 40;
        this.list.append(item);
        while (this.list.childElementCount > limit)
            this.list.firstElementChild.remove();
        if (atEnd)
            this.list.scrollTop = this.list.scrollHeight;
    }
}
/** A session's event as a sentence; null for what is no news. */
export function describe(event) {
    const seconds = (ms) => (Number(ms) / 1000).toFixed(2) + ' s';
    const viewers = event.viewers === 1 ? '1 viewer' : `${event.viewers} viewers`;
    switch (event.type) {
        case 'ready':
            return 'The face is live.';
        case 'speech_started':
            return `Turn ${event.turn} started, first picture after ${seconds(event.latencyMs)}.`;
        case 'speech_finished':
            return `Turn ${event.turn} ${event.interrupted ? 'was interrupted' : 'finished'} after ${seconds(event.playedMs)} of speech.`;
        case 'viewer_joined':
            return `A viewer joined (${viewers}).`;
        case 'viewer_left':
            return `A viewer left (${viewers}).`;
        case 'error':
            return String(event.message);
        case 'closed':
            return 'The session ended.';
        default:
            return null;
    }
}
