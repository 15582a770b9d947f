/** A refusal of the server: problem details with a reason for programs and a sentence for people. */
export class Problem extends Error {
    status;
    reason;
    retryAfter;
    constructor(status, reason, message, 
    /** Seconds to wait before another try, where the server says so. */
    retryAfter) {
        super(message);
        this.status = status;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }
    static async from(response) {
        const retry = Number(response.headers.get('Retry-After'));
        let reason = '';
        let message = `The server answered ${response.status}.`;
        try {
            const body = (await response.json());
            reason = body.reason ?? '';
            message = body.title ?? message;
        }
        catch {
            // Not problem details: something between us and the server answered.
        }
        return new Problem(response.status, reason, message, retry > 0 ? retry : null);
    }
}
/** fetch that throws a {@link Problem} for every answer that is no success. */
export async function call(input, init = {}, token) {
    const headers = new Headers(init.headers);
    if (token)
        headers.set('Authorization', `Bearer ${token}`);
    let response;
    try {
        response = await fetch(input, { ...init, headers });
    }
    catch (error) {
        if (error instanceof DOMException && error.name === 'AbortError')
            throw error;
        throw new Problem(0, 'UNREACHABLE', 'The server cannot be reached.', 2);
    }
    if (!response.ok)
        throw await Problem.from(response);
    return response;
}
