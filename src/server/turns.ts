/** `turns` since somebody was last without any request. */
type Visitor = { running: number; turns: number; waiting: (() => void)[] };

/** Begins a request; `done` gives the turn to the next one. */
type Begin = (done: () => void) => void;

type Limits = {
  /** Requests of one visitor at a time while nobody else is there, and while others are. */
  alone: number;
  together: number;
  /** More than that many of one visitor are refused. */
  waiting: number;
  /**
   * While others are there, a visitor who has sent more than `inARow` without a break pauses this long before the next.
   * A page is rendered in hundreds of small steps, and each would wait for one of a flood's cheap requests.
   */
  inARow: number;
  pauseMs: number;
  /** A visitor is there for this long after a request. */
  presentMs: number;
};

/** Gives each visitor turns: somebody who sends many requests waits for themselves, others for one of them at most. */
export function makeTurns(limits: Limits) {
  const visitors = new Map<string, Visitor>();
  // In order of the last request: a visitor who comes again moves to the end.
  const present = new Map<string, number>();

  function atOnce(): number {
    const now = performance.now();
    for (const [who, seenAt] of present) {
      if (now - seenAt < limits.presentMs) break;
      present.delete(who);
    }
    return present.size > 1 ? limits.together : limits.alone;
  }

  function start(who: string, visitor: Visitor, begin: Begin) {
    visitor.running += 1;
    visitor.turns += 1;
    let isDone = false;
    begin(() => {
      if (isDone) return;
      isDone = true;
      // Not at once: a cheap request ends before the next of its visitor is read, so many would fit into one step.
      setImmediate(pause, who, visitor);
    });
  }

  function pause(who: string, visitor: Visitor) {
    const isFlood = visitor.waiting.length > 0 && visitor.turns > limits.inARow;
    if (isFlood && present.size > 1) setTimeout(end, limits.pauseMs, who, visitor);
    else end(who, visitor);
  }

  function end(who: string, visitor: Visitor) {
    visitor.running -= 1;
    while (visitor.waiting.length > 0 && visitor.running < atOnce()) visitor.waiting.shift()?.();
    if (visitor.running === 0 && visitor.waiting.length === 0) visitors.delete(who);
  }

  /** False when too many of this visitor are waiting already. */
  return function take(who: string, begin: Begin): boolean {
    present.delete(who);
    present.set(who, performance.now());
    const visitor = visitors.get(who) ?? { running: 0, turns: 0, waiting: [] };
    visitors.set(who, visitor);
    if (visitor.running < atOnce()) {
      start(who, visitor, begin);
      return true;
    }
    if (visitor.waiting.length >= limits.waiting) return false;
    visitor.waiting.push(() => start(who, visitor, begin));
    return true;
  };
}
