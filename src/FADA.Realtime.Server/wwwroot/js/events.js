import { call, Problem } from './problem.js';
/** Reads server-sent events with a bearer token, which EventSource cannot send. Ends when the session does. */
export async function readEvents(url, token, signal, take) {
    const response = await call(url, { headers: { Accept: 'text/event-stream' }, signal }, token);
    if (!response.body)
        throw new Problem(0, 'NO_BODY', 'The server sent no events.', 1);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let buffer = '';
    for (;;) {
        const { done, value } = await reader.read();
        if (done)
            return;
        buffer += value;
        for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
            const message = buffer.slice(0, end);
            buffer = buffer.slice(end + 2);
            const data = message
                .split('\n')
                .filter((line) => line.startsWith('data:'))
                .map((line) => line.slice(5).trimStart())
                .join('\n');
            if (data)
                take(JSON.parse(data));
        }
    }
}
