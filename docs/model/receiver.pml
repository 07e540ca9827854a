/*
 * Who receives a bot's updates: two fallback consoles, the webhook with its guard, the Bot API server, the storage, and
 * somebody who is not ours. README.md says what this covers, what it abstracts and how to read a counterexample.
 *
 * What is in it (-D):
 *   CONSOLES=n    1 or 2 (2)
 *   UPDATES=n     1 to 3 (1)
 *   UNGUARDED     no guard
 *   FOREIGN       somebody who is not ours, with our token
 *   BROKEN        a person breaks the lease, or deletes its blob
 *   LATE          calls arrive however late; STRICT: promise all the same what holds only while they do not
 *   STRICT_THEIRS promise that no webhook of somebody else's is ever deleted, whenever it was set
 *   PARKING       an update may be parked: stored, confirmed, and handled from the store
 *   LIVE          faults cease, and receiving must go on
 *   M_...         removes a rule; a violation must then be found
 */
#ifndef UPDATES
#define UPDATES 1
#endif
#ifndef CONSOLES
#define CONSOLES 2
#endif
#define ALL ((1 << UPDATES) - 1)

/* The parties that hold the lock. */
#define GUARD 2
#define NOBODY 3

/* What the Bot API server has registered. */
#define NONE 0
#define OURS 1
#define THEIRS 2

/* A call to the Bot API server, by one party: on its way, with the server, or answered. */
#define IDLE 0
#define POLL 1      /* on its way: getUpdates with a timeout */
#define CONFIRM 2   /* on its way: getUpdates without one */
#define CHANGE 3    /* on its way: setWebhook or deleteWebhook */
#define PENDING 4   /* a long poll that waits with the server */
#define DONE 5
#define CONFLICT 6  /* 409 */
#define UNKNOWN 7   /* no answer: it may have been carried out or not */

/* What a console does. */
#define STANDBY 0
#define DEAD 1
#define QUARANTINE 2 /* it has the lease, but another may not know yet that it lost its own */
#define LOOKING 3    /* R3: the look at the webhook before the first poll */
#define DELETING 4   /* R3: it was ours */
#define POLLING 5
#define BACKOFF 6    /* R5 */
#define DRAINING 7   /* R4: finishing the updates in flight */
#define CONFIRMING 8 /* R4 */
#define SETTING 9
#define LEAVING 10   /* its work has ended; the lock is to be released */

#define ON_ITS_WAY(call) (call >= POLL && call <= CHANGE)
#define CALLS_ARRIVED(i) (!ON_ITS_WAY(poll[i]) && !ON_ITS_WAY(change[i]))
#define HOLDS(i) (state[i] > DEAD)
#define ACTS(i) (state[i] > QUARANTINE)

/* The storage: whose lease it is, and whether the record tells that an unseen holder may be active. */
unsigned owner : 2 = NOBODY;
bool suspect;

/* The Bot API server: the webhook, and of the updates (one bit each) those that came, and those that wait. */
unsigned hook : 2 = OURS;
unsigned born : UPDATES;
unsigned queue : UPDATES;

/* The ledger: updates in progress, and settled. */
unsigned claimed : UPDATES;
unsigned settled : UPDATES;

/* The store of parked updates, and those of them that the target handles after it has answered. */
#ifdef PARKING
unsigned stored : UPDATES;
unsigned background : UPDATES;
byte resumed[3];                /* of the updates in a console's hand those that no poll has brought, or that are confirmed */
#define PARKED (stored)
#define RESUMED(i) (resumed[i])
#else
#define PARKED 0
#define RESUMED(i) 0
#endif
#define WAITING (PARKED & ~settled & ~claimed)

/* Each party: what it does, and whether its own deadline has passed: what `Remaining` would say, if it were asked. */
byte state[3];
bool expired[3] = true;

/* Its calls, each kind over a connection of its own. An abandoned call nobody waits for any more. */
byte poll[3];
byte change[3];
byte confirms[3]; /* the poll's offset: the updates below it */
byte answer[3];
bool pollAbandoned[3];
bool changeAbandoned[3];
bool sets[3];                   /* setWebhook, not deleteWebhook */
bool failsBack[3];

/* The window of a console: updates in flight, those of them that are settled, and the one that is being handled. */
byte hand[3];
byte finished[3];
byte handling[3];

/* The webhook's target: the update that it handles, whether that is settled, and whether Telegram still listens. */
unsigned delivery : UPDATES;
bool delivered;
bool cut;

/* For the properties only. A fault explains that an update is handled a second time, or is delivered when it is settled. */
unsigned handled : UPDATES;
unsigned mayRepeat : UPDATES;
unsigned mayReturn : UPDATES;
bool conflicted[3];             /* a 409 came, and no time has passed since */
bool overtaken[3];              /* somebody set a webhook between our look and the arrival of our deleteWebhook */

#ifdef LIVE
bool calm;                      /* no fault from now on */
bool up = true;                 /* whether the webhook's target works then */
#define FAULTS (!calm)
#define UNHEALTHY (!calm || hook == NONE || (hook == OURS && !up))
#define HEALTHY (!calm || up)
#define DRIFT (!calm)
#define TARGET_WORKS (!calm || up)
#else
#define FAULTS true
#define UNHEALTHY true
#define HEALTHY true
#define DRIFT true
#define TARGET_WORKS true
#endif

/* Liveness needs none of what is kept for the other properties, and has fewer states without it. */
#ifdef LIVE
#define noteHandled(u) skip
#define noteConflict(i) skip
#define explainRepeat(updates) skip
#define explainReturn(updates) skip
#else
#define noteHandled(u) handled = handled | (u)
#define noteConflict(i) conflicted[i] = true
#define explainRepeat(updates) mayRepeat = mayRepeat | (updates)
#define explainReturn(updates) mayReturn = mayReturn | (updates)
#endif

/* What the design promises only while a call arrives in the time that is left for it. */
#ifdef LATE
#define IN_TIME(i) true
#else
#define IN_TIME(i) CALLS_ARRIVED(i)
#endif
#if (defined(LATE) && !defined(STRICT)) || defined(LIVE)
#define promise(condition) skip
#else
#define promise(condition) assert(condition)
#endif

/* Nobody else acts as the lock's holder: while it is in doubt who held it, all but that one wait. */
#define ALONE(i) (owner == i || suspect)

/* R1: the time that remains is looked at before a poll is sent, and before its answer, or its 409, is used. */
#ifdef M_R1_SEND
#define MAY_POLL(i) true
#else
#define MAY_POLL(i) (!expired[i])
#endif
#ifdef M_R1_ANSWER
#define MAY_HANDLE(i) true
#else
#define MAY_HANDLE(i) (!expired[i])
#endif
#ifdef M_R1_CONFLICT
#define MAY_BELIEVE(i) true
#else
#define MAY_BELIEVE(i) (!expired[i])
#endif

/* Bits: the lowest of a set; all below the lowest; a set and all below it. */
#define LOWEST(set) ((set) & -(set))
#define BELOW(set) (LOWEST(set) - 1)
#define UP_TO(set) ((set) | ((set) >> 1) | ((set) >> 2))
#define UNFINISHED(i) (hand[i] & ~finished[i])
#define WINDOW(i) (hand[i] & ~RESUMED(i))
#ifdef M_R7
#define UNKEPT(i) (UNFINISHED(i) & ~handling[i]) /* confirmed first, to be stored later */
#else
#define UNKEPT(i) (UNFINISHED(i) & ~PARKED & ~RESUMED(i))
#endif
#ifdef M_OFFSET
#define OFFSET(i) UP_TO(WINDOW(i))
#else
#define OFFSET(i) (UNKEPT(i) -> BELOW(UNKEPT(i)) : UP_TO(WINDOW(i)))
#endif

/* ---- The Bot API server ---- */

/* Ends the long poll that waits, with a 409. That one of ours hears it is right only when somebody else is the cause. */
inline abortPoll(i, byOther) {
    if
    :: poll[i] == PENDING -> promise(byOther || expired[i]); poll[i] = CONFLICT
    :: else
    fi
}

inline abortPolls(byOther) { abortPoll(0, byOther); abortPoll(1, byOther) }

/* The webhook's requests end; what they carried waits again. */
inline closeWebhook() {
    explainReturn(delivery & queue);
    if
    :: delivered -> delivery = 0; delivered = false
    :: else -> cut = (delivery != 0)
    fi
}

inline confirm(i) {
    assert((queue & confirms[i] & ~settled & ~PARKED) == 0); /* what is confirmed was handled, or is stored */
    queue = queue & ~confirms[i];
    mayReturn = mayReturn & queue
}

/* getUpdates arrives. The webhook is looked at first, then the offset (bot-api.md, 1). */
inline arrivePoll(i) {
    promise(ALONE(i)); /* R1 */
    if
    :: hook != NONE ->
        promise(hook == THEIRS || pollAbandoned[i]); /* no 409 among our own */
        poll[i] = CONFLICT; answer[i] = 0
    :: else ->
        confirm(i);
        if
        :: poll[i] == CONFIRM -> poll[i] = DONE
        :: poll[i] == POLL && queue != 0 -> poll[i] = DONE; answer[i] = queue
        :: else -> abortPoll(1 - i, false); poll[i] = PENDING
        fi
    fi;
    if
    :: pollAbandoned[i] -> poll[i] = IDLE; pollAbandoned[i] = false; answer[i] = 0; confirms[i] = 0
    :: else
    fi
}

inline arriveChange(i) {
    promise(ALONE(i)); /* R2 */
    closeWebhook();
    if
    :: sets[i] -> abortPolls(false); hook = OURS
    :: else ->
#ifdef STRICT_THEIRS
        assert(hook != THEIRS);
#else
        promise(hook != THEIRS || overtaken[i]); /* R3 */
#endif
        hook = NONE
    fi;
    change[i] = (changeAbandoned[i] -> IDLE : DONE);
    changeAbandoned[i] = false; overtaken[i] = false; sets[i] = false
}

inline losePoll(i) {
    poll[i] = (pollAbandoned[i] -> IDLE : UNKNOWN);
    confirms[i] = (pollAbandoned[i] -> 0 : confirms[i]);
    pollAbandoned[i] = false; answer[i] = 0
}

inline loseChange(i) {
    change[i] = (changeAbandoned[i] -> IDLE : UNKNOWN);
    changeAbandoned[i] = false; overtaken[i] = false; sets[i] = false
}

active proctype Server() {
    byte n;
end:
    do
    :: d_step { born != ALL -> n = (born + 1); born = born | n; queue = queue | n; n = 0 }
    :: d_step { poll[0] == POLL || poll[0] == CONFIRM -> arrivePoll(0) }
    :: d_step { poll[1] == POLL || poll[1] == CONFIRM -> arrivePoll(1) }
    :: d_step { poll[0] == PENDING && queue != 0 -> poll[0] = DONE; answer[0] = queue }
    :: d_step { poll[1] == PENDING && queue != 0 -> poll[1] = DONE; answer[1] = queue }
    :: d_step { change[0] == CHANGE -> arriveChange(0) }
    :: d_step { change[1] == CHANGE -> arriveChange(1) }
    :: d_step { change[2] == CHANGE -> arriveChange(2) }
    od
}

/* A call that does not arrive, or whose answer does not. */
active proctype Network() {
end:
    do
    :: d_step { FAULTS && poll[0] != IDLE && poll[0] != UNKNOWN -> losePoll(0) }
    :: d_step { FAULTS && poll[1] != IDLE && poll[1] != UNKNOWN -> losePoll(1) }
    :: d_step { FAULTS && change[0] != IDLE && change[0] != UNKNOWN -> loseChange(0) }
    :: d_step { FAULTS && change[1] != IDLE && change[1] != UNKNOWN -> loseChange(1) }
    :: d_step { FAULTS && change[2] != IDLE && change[2] != UNKNOWN -> loseChange(2) }
#ifdef LIVE
    :: d_step { !calm -> calm = true }
    :: d_step { !calm -> calm = true; up = false }
#if CONSOLES == 2
    :: d_step { !calm && state[0] == STANDBY -> calm = true; state[0] = DEAD }
    :: d_step { !calm && state[0] == STANDBY -> calm = true; up = false; state[0] = DEAD }
#endif
    :: calm -> skip /* time goes on */
#endif
    od
}

/* ---- The storage ---- */

/* The updates in flight are given back: a handler that was running may have had its effect or not. */
inline giveBack(i) {
    explainRepeat(handling[i]);
    claimed = claimed & ~handling[i];
    handling[i] = 0
}

/* The own deadline passes when no renewal was confirmed for so long: a pause, a partition, or a lease that is gone. */
inline passDeadline(i) {
    HOLDS(i) && !expired[i] && (FAULTS || owner != i) ->
    expired[i] = true;
    explainReturn((finished[i] | handling[i]) & queue)
}

/* The ledger gives up on an instance that does not end its claim. */
inline endClaim(i) { expired[i] && handling[i] != 0 -> giveBack(i) }

/* The lease ends later than the own deadline of its holder, and a call that was sent before the deadline has arrived. */
#ifdef M_MARGIN
#define MAY_END(i) true
#else
#define MAY_END(i) (expired[i] && IN_TIME(i))
#endif
inline endLease(i) { owner == i && MAY_END(i) -> owner = NOBODY }

active proctype Storage() {
end:
    do
    :: d_step { passDeadline(0) }
    :: d_step { passDeadline(1) }
    :: d_step { passDeadline(2) }
    :: d_step { endClaim(0) }
    :: d_step { endClaim(1) }
#ifndef M_STUCK
    :: d_step { endLease(0) }
    :: d_step { endLease(1) }
    :: d_step { endLease(2) }
#endif
#ifdef BROKEN
    /* A person breaks the lease, or deletes the blob, while its holder is active. */
    :: d_step { FAULTS && owner != NOBODY -> owner = NOBODY; suspect = true }
#endif
#ifdef PARKING
    :: d_step { (stored & settled) != 0 -> stored = stored & ~settled }
#endif
    od
}

/* ---- What consoles and the guard have in common ---- */

#ifdef PARKING
#define forgetParked(i) resumed[i] = 0
#else
#define forgetParked(i) skip
#endif

inline take(i) {
    owner = i; expired[i] = false;
#ifdef M_QUARANTINE
    state[i] = LOOKING
#else
    state[i] = (suspect -> QUARANTINE : LOOKING)
#endif
}

#define PAST(i) ((!ACTS(i) || expired[i]) && IN_TIME(i))
inline endQuarantine(i) {
    state[i] == QUARANTINE && owner == i && !expired[i] && IN_TIME(i) && PAST((i + 1) % 3) && PAST((i + 2) % 3) ->
    suspect = false; state[i] = LOOKING
}

inline setWebhook(i) { change[i] = CHANGE; sets[i] = true; state[i] = SETTING }

inline deleteWebhook(i) { change[i] = CHANGE; state[i] = DELETING }

inline abandonPoll(i) {
    if
    :: poll[i] == POLL || poll[i] == CONFIRM -> pollAbandoned[i] = true
    :: else -> poll[i] = IDLE; answer[i] = 0; confirms[i] = 0
    fi
}

inline stopWork(i) {
    giveBack(i);
    explainReturn(finished[i] & queue);
    hand[i] = 0; finished[i] = 0; forgetParked(i); failsBack[i] = false; conflicted[i] = false;
    abandonPoll(i);
    if
    :: change[i] == CHANGE -> changeAbandoned[i] = true
    :: else -> change[i] = IDLE; overtaken[i] = false
    fi
}

/* R6: losing the lock is final. */
inline lose(i) { HOLDS(i) && state[i] != LEAVING && expired[i] -> stopWork(i); state[i] = LEAVING }

inline crash(i) { FAULTS && HOLDS(i) -> stopWork(i); expired[i] = true; state[i] = STANDBY }

inline release(i) {
    state[i] == LEAVING && IN_TIME(i) ->
    owner = (owner == i -> NOBODY : owner); expired[i] = true; state[i] = STANDBY
}

/* The release is not carried out, and the lease ends by itself. */
inline loseRelease(i) { FAULTS && state[i] == LEAVING -> expired[i] = true; state[i] = STANDBY }

/* ---- A console, USE_WEBHOOK=true ---- */

#define WORKS(i) (state[i] >= POLLING && state[i] <= DRAINING)
#define RECEIVES(i) (!expired[i] && state[i] >= POLLING && state[i] <= CONFIRMING)

inline sendPoll(i, kind) { poll[i] = kind; confirms[i] = OFFSET(i) }

inline takeAnswer(i) {
#ifdef PARKING
    resumed[i] = (resumed[i] | (hand[i] & confirms[i] & ~finished[i])) & ~answer[i];
#endif
    hand[i] = (hand[i] & (~confirms[i] | RESUMED(i))) | answer[i];
    finished[i] = finished[i] & hand[i];
    poll[i] = IDLE; answer[i] = 0; confirms[i] = 0
}

#ifdef M_LEDGER
#define FREE(i) UNFINISHED(i)
#define KNOWN 0
#else
#define FREE(i) (UNFINISHED(i) & ~claimed)
#define KNOWN settled
#endif

/* What the store has is read before the first poll. */
#ifdef M_RESUME
#define READ(i) true
#else
#define READ(i) ((WAITING & ~hand[i]) == 0)
#endif

#ifdef PARKING
inline resume(i, u) { resumed[i] = resumed[i] | (u); hand[i] = hand[i] | resumed[i] }
#endif

inline handle(u) {
    assert((handled & u) == 0 || (mayRepeat & u) != 0); /* handled twice only when a fault explains it */
    noteHandled(u);
    claimed = claimed | u
}

inline settle(u) {
    settled = settled | u;
    claimed = claimed & ~u;
    mayRepeat = mayRepeat & ~u
}

inline handleNext(i) {
    promise(ALONE(i) && hook != OURS); /* one receiver at a time */
    handling[i] = LOWEST(FREE(i));
    if
    :: (handling[i] & KNOWN) != 0 -> finished[i] = finished[i] | handling[i]; handling[i] = 0
    :: else -> handle(handling[i])
    fi
}

inline meetConflict(i) {
#ifndef FOREIGN
    promise(false);
#endif
    assert(!conflicted[i]); /* R5: no hot loop */
    noteConflict(i);
    poll[i] = IDLE; confirms[i] = 0;
#ifndef M_R5
    state[i] = BACKOFF
#endif
}

inline leavePolling(i) {
    hand[i] = 0; finished[i] = 0; forgetParked(i);
    poll[i] = IDLE; pollAbandoned[i] = false; confirms[i] = 0; answer[i] = 0;
    conflicted[i] = false;
    if
    :: failsBack[i] -> failsBack[i] = false; setWebhook(i)
    :: else -> state[i] = LEAVING
    fi
}

proctype Console(byte i) {
end:
    do
    /* R6: nothing begins unless the storage said that the lock is ours. Where that answer is lost, the lease ends by itself. */
    :: d_step { state[i] == STANDBY && owner == NOBODY && UNHEALTHY -> take(i) }
    :: d_step { state[i] == STANDBY && owner == NOBODY && FAULTS -> owner = i }
    :: d_step { endQuarantine(i) }
    :: d_step { state[i] == QUARANTINE && owner != i -> state[i] = LEAVING }
#ifdef M_R6_DOWN
    :: d_step { state[i] == STANDBY -> expired[i] = false; state[i] = LOOKING }
#endif
#ifdef M_R6_REVIVED
    :: d_step { HOLDS(i) && expired[i] -> expired[i] = false }
#endif

#ifdef M_R2_DELETE
    :: d_step { state[i] == STANDBY && hook == OURS && change[i] == IDLE -> expired[i] = false; deleteWebhook(i) }
#endif

    /* R3; a webhook that has become healthy ends the takeover here. */
#ifdef M_R3_LOOK
    :: d_step { state[i] == LOOKING -> state[i] = POLLING }
#endif
    :: d_step { state[i] == LOOKING && !expired[i] && hook == NONE -> state[i] = POLLING }
    :: d_step { state[i] == LOOKING && !expired[i] && hook == OURS && UNHEALTHY && change[i] == IDLE -> deleteWebhook(i) }
    :: d_step { state[i] == LOOKING && !expired[i] && hook == OURS && HEALTHY -> stopWork(i); state[i] = LEAVING }
#ifdef M_R3_THEIRS
    :: d_step { state[i] == LOOKING && !expired[i] && hook == THEIRS && change[i] == IDLE -> deleteWebhook(i) }
#endif
    :: d_step { state[i] == LOOKING && !expired[i] && hook == THEIRS -> stopWork(i); state[i] = LEAVING }
    :: d_step { state[i] == DELETING && change[i] == DONE -> change[i] = IDLE; state[i] = POLLING }
    :: d_step { state[i] == DELETING && change[i] == UNKNOWN -> change[i] = IDLE; state[i] = LOOKING }

    /* R1, R5. */
    :: d_step { state[i] == POLLING && poll[i] == IDLE && MAY_POLL(i) && (FAULTS || UNKEPT(i) == 0) && READ(i) ->
            sendPoll(i, POLL) }
    :: d_step { state[i] == POLLING && poll[i] == DONE && MAY_HANDLE(i) -> takeAnswer(i) }
    :: d_step { state[i] == POLLING && poll[i] == UNKNOWN -> poll[i] = IDLE; confirms[i] = 0 }
    :: d_step { state[i] == POLLING && poll[i] == CONFLICT && MAY_BELIEVE(i) -> meetConflict(i) }
    :: d_step { state[i] == BACKOFF -> conflicted[i] = false; state[i] = LOOKING }
    :: d_step { WORKS(i) && MAY_HANDLE(i) && handling[i] == 0 && FREE(i) != 0 -> handleNext(i) }
    :: d_step { handling[i] != 0 -> explainReturn(handling[i] & RESUMED(i) & queue); settle(handling[i]); finished[i] = finished[i] | handling[i]; handling[i] = 0 }
#ifdef PARKING
    :: d_step { WORKS(i) && MAY_HANDLE(i) && FAULTS && UNKEPT(i) != 0 -> stored = stored | LOWEST(UNKEPT(i)) }
#ifndef M_RESUME
    :: d_step { state[i] == POLLING && MAY_HANDLE(i) && (WAITING & ~hand[i]) != 0 -> resume(i, LOWEST(WAITING & ~hand[i])) }
#endif
#endif

    /* R4: the webhook is healthy, or the console is told to stop. */
    :: d_step { state[i] == POLLING && !expired[i] && HEALTHY -> abandonPoll(i); failsBack[i] = true; state[i] = DRAINING }
    :: d_step { state[i] == POLLING && !expired[i] && FAULTS -> abandonPoll(i); state[i] = DRAINING }
    :: d_step { state[i] == DRAINING && !expired[i] && WINDOW(i) == 0 && UNFINISHED(i) == 0 && change[i] == IDLE -> leavePolling(i) }
    :: d_step { state[i] == DRAINING && !expired[i] && WINDOW(i) != 0 && UNFINISHED(i) == 0 && poll[i] == IDLE ->
            sendPoll(i, CONFIRM); state[i] = CONFIRMING }
    :: d_step { state[i] == DRAINING && !expired[i] && UNFINISHED(i) != 0 && poll[i] == IDLE && FAULTS ->
            giveBack(i); /* a slow handler */
            sendPoll(i, CONFIRM); state[i] = CONFIRMING }
    :: d_step { state[i] == CONFIRMING && !expired[i] && change[i] == IDLE && poll[i] == DONE ->
            explainReturn(UNFINISHED(i) != 0 -> finished[i] & queue : 0); leavePolling(i) }
    :: d_step { state[i] == CONFIRMING && !expired[i] && change[i] == IDLE && (poll[i] == UNKNOWN || poll[i] == CONFLICT) ->
            explainReturn(finished[i] & queue); leavePolling(i) }
#ifdef M_R4_POLL
    :: d_step { state[i] == POLLING && !expired[i] && change[i] == IDLE -> setWebhook(i) }
#endif
#ifdef M_R4_CONFIRM
    :: d_step { state[i] == DRAINING && !expired[i] && UNFINISHED(i) == 0 && poll[i] == IDLE && change[i] == IDLE ->
            leavePolling(i) }
#endif
#ifdef M_RELEASE
    :: d_step { state[i] == POLLING && owner == i -> owner = NOBODY }
#endif
    :: d_step { state[i] == SETTING && change[i] == DONE -> change[i] = IDLE; state[i] = LEAVING }
    :: d_step { state[i] == SETTING && change[i] == UNKNOWN -> change[i] = IDLE; state[i] = LOOKING }

    :: d_step { release(i) }
    :: d_step { loseRelease(i) }
    :: d_step { lose(i) }
    :: d_step { crash(i) }
    od
}

/* ---- The webhook: its guard, and its target ---- */

#ifndef UNGUARDED
active proctype Guard() {
end:
    do
    :: d_step { state[GUARD] == STANDBY && owner == NOBODY && (hook != OURS || DRIFT) -> take(GUARD) }
    :: d_step { state[GUARD] == STANDBY && owner == NOBODY && FAULTS -> owner = GUARD }
#ifdef M_R2_SET
    :: d_step { state[GUARD] == STANDBY && change[GUARD] == IDLE -> expired[GUARD] = false; setWebhook(GUARD) }
#endif
    :: d_step { endQuarantine(GUARD) }
    :: d_step { state[GUARD] == QUARANTINE && owner != GUARD -> state[GUARD] = LEAVING }
    :: d_step { state[GUARD] == LOOKING && !expired[GUARD] && hook == OURS -> state[GUARD] = LEAVING }
    :: d_step { state[GUARD] == LOOKING && !expired[GUARD] && (hook != OURS || DRIFT) && change[GUARD] == IDLE ->
            setWebhook(GUARD) }
    :: d_step { state[GUARD] == SETTING && (change[GUARD] == DONE || change[GUARD] == UNKNOWN) ->
            change[GUARD] = IDLE; state[GUARD] = LEAVING }
    :: d_step { release(GUARD) }
    :: d_step { loseRelease(GUARD) }
    :: d_step { lose(GUARD) }
    :: d_step { crash(GUARD) }
    od
}
#endif

inline deliver(u) {
    hook == OURS && delivery == 0 && TARGET_WORKS && (queue & ~claimed & u) != 0 ->
    if
    :: (settled & u) != 0 ->
        promise((mayReturn & u) != 0); /* what is settled comes again only when a fault explains it */
        queue = queue & ~u; mayReturn = mayReturn & ~u
    :: else ->
        promise(!RECEIVES(0) && !RECEIVES(1)); /* one receiver at a time */
        handle(u);
        delivery = u
    fi
}

#ifdef PARKING
/* A poller that has stored an update may not have confirmed it. */
inline settleParked(u) { explainReturn((u) & queue); settle(u); background = background & ~(u) }

inline handleParked(u) { background = background | (u); handle(u) }
#endif

inline endDelivery() { delivery = 0; delivered = false; cut = false }

active proctype Target() {
end:
    do
    :: d_step { deliver(1) }
#if UPDATES > 1
    :: d_step { deliver(2) }
#endif
#if UPDATES > 2
    :: d_step { deliver(4) }
#endif
    :: d_step { delivery != 0 && !delivered && !cut -> settle(delivery); delivered = true }
    :: d_step { delivery != 0 && cut -> settle(delivery); endDelivery() }
    :: d_step { delivered -> queue = queue & ~delivery; mayReturn = mayReturn & queue; endDelivery() }
    :: d_step { delivered && FAULTS -> explainReturn(delivery & queue); endDelivery() } /* the 200 is lost */
    :: d_step { delivery != 0 && !delivered && FAULTS -> /* a crash, or a pause that outlasts the claim */
            claimed = claimed & ~delivery; explainRepeat(delivery); endDelivery() }
#ifdef PARKING
    :: d_step { delivery != 0 && !delivered && !cut && FAULTS -> /* the handler takes long: stored, answered, and handled further */
            stored = stored | delivery; background = background | delivery;
            queue = queue & ~delivery; mayReturn = mayReturn & queue; endDelivery() }
    :: d_step { background != 0 -> settleParked(LOWEST(background)) }
    :: d_step { background != 0 && FAULTS ->
            claimed = claimed & ~background; explainRepeat(background); background = 0 }
#ifndef M_RESUME
    :: d_step { TARGET_WORKS && WAITING != 0 -> handleParked(LOWEST(WAITING)) }
#endif
#endif
    od
}

/* ---- Somebody who is not ours: polls, takes updates, sets a webhook and deletes one ---- */

#ifdef FOREIGN
/* The webhook that our deleteWebhook will find is not the one that was looked at. */
inline overtake(i) {
    if
    :: change[i] == CHANGE && !sets[i] -> overtaken[i] = true
    :: else
    fi
}

active proctype Foreign() {
end:
    do
    :: d_step { FAULTS && hook == NONE -> abortPolls(true) }
    :: d_step { FAULTS && hook != OURS && queue != 0 -> queue = 0; mayReturn = 0 }
    :: d_step { FAULTS && hook != THEIRS -> abortPolls(true); closeWebhook(); overtake(0); overtake(1); hook = THEIRS }
    :: d_step { FAULTS && hook != NONE -> closeWebhook(); hook = NONE }
    od
}
#endif

init {
    run Console(0);
#if CONSOLES == 2
    run Console(1)
#endif
}

#ifdef LIVE
ltl resumes { [] (calm -> <> [] (born == ALL && queue == 0 && (PARKED & ~settled) == 0 && (hook == OURS || !up))) }
#endif
