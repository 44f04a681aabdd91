/** An answer of X: status, JSON body, headers beside the usual ones. */
export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

/** Thrown by handlers: X refuses with this answer. */
export class Refusal extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

const problems = 'https://api.x.com/2/problems';

function problem(status: number, title: string, detail: string, type = 'about:blank', extra: object = {}): Refusal {
  return new Refusal({ status, body: { ...extra, title, detail, type, status } });
}

export const unauthorized = (): Refusal => problem(401, 'Unauthorized', 'Unauthorized');
export const forbidden = (detail: string): Refusal => problem(403, 'Forbidden', detail);
export const duplicateText = (): Refusal => forbidden('You are not allowed to create a Tweet with duplicate content.');
export const notSummoned = (): Refusal =>
  forbidden('Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.');
export const parentGone = (): Refusal => forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
export const notPermitted = (): Refusal => forbidden('You are not permitted to perform this action.');
export const noDmTo = (): Refusal => forbidden('You do not have permission to DM one or more participants.');
export const missingScope = (): Refusal => forbidden('Your client app is not configured with the appropriate oauth2 app permissions for this endpoint.');
/** A good token of the wrong kind. */
export const wrongToken = (given: string, wanted: string): Refusal =>
  problem(403, 'Unsupported Authentication', `Authenticating with ${given} is forbidden for this endpoint.  Supported authentication types are [${wanted}].`, `${problems}/unsupported-authentication`);
export const notFoundRoute = (): Refusal => problem(404, 'Not Found', 'Not Found');
export const tooMany = (): Answer => ({
  status: 429,
  body: { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 },
});

export function outOfCredits(shape: 'title' | 'type', accountId: string): Refusal {
  return shape === 'title'
    ? new Refusal({
        status: 402,
        body: {
          account_id: accountId, title: 'CreditsDepleted',
          detail: `Your enrolled account [${accountId}] does not have any credits to fulfill this request.`,
          type: `${problems}/credits`,
        },
      })
    : problem(402, 'Payment Required', 'Your account has no credits left to fulfill this request.', `${problems}/credits-depleted`);
}

/** 400 with the offending parameters. */
export function invalid(parameter: string, value: string | undefined, message: string): Refusal {
  return new Refusal({
    status: 400,
    body: {
      errors: [{ parameters: value === undefined ? {} : { [parameter]: [value] }, message }],
      title: 'Invalid Request', detail: 'One or more parameters to your request was invalid.', type: `${problems}/invalid-request`,
    },
  });
}

type ResourceKind = 'tweet' | 'user';

/** The entry X puts into `errors[]` of a 200 answer for something deleted, unknown, protected or suspended. */
export function missing(kind: ResourceKind, parameter: string, value: string, why: 'gone' | 'protected' | 'suspended' = 'gone'): object {
  const about = { value, resource_type: kind, parameter, resource_id: value };
  if (why === 'protected') {
    return { ...about, title: 'Authorization Error', detail: `Sorry, you are not authorized to see the ${kind === 'tweet' ? 'Tweet' : 'User'} with ${parameter}: [${value}].`, type: `${problems}/not-authorized-for-resource` };
  }
  if (why === 'suspended') {
    return { ...about, title: 'Forbidden', detail: `User has been suspended: [${value}].`, type: `${problems}/resource-not-found` };
  }
  return { ...about, title: 'Not Found Error', detail: `Could not find ${kind} with ${parameter}: [${value}].`, type: `${problems}/resource-not-found` };
}
