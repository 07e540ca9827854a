namespace Azker.BotApi.Control;

/// <summary>The list of the control API, for <c>--help</c> and <c>GET /control/help</c>.</summary>
internal static class ControlHelp
{
    public const string Text = """
        Call the Bot API as on Telegram's server: /bot<token>/<method>.
        Any well-formed token is accepted: <id>:<24 or more of A-Z a-z 0-9 _ ->.

        The control API takes and answers JSON on every port. Bodies need no Content-Type. <id> is the number before the colon of a
        bot's token. ? marks an optional member. An error is answered with {"error": "..."}.
          GET    /control                                    URLs, ports that listen now, bots
          GET    /control/help                               this list, as text
          POST   /control/bots                               {"token"}: registers a token
          POST   /control/bots/<id>/messages                 {"chat", "text", "user"?}: enqueues a text message that a user writes
          POST   /control/bots/<id>/updates                  {"message": {...}}: enqueues any update, whatever it contains
          POST   /control/bots/<id>/unreadable               enqueues a message that no typed client can read
          GET    /control/bots/<id>/updates                  updates: deliveries by getUpdates, attempts at the webhook (status,
                                                             error, accepted or not), why each update left the queue
          GET    /control/bots/<id>/polls                    getUpdates calls: time, port, answer
          GET    /control/bots/<id>/sent?after=N&wait=S      messages that the bot sent after sequence N; waits up to S seconds for
                                                             the first
          GET    /control/bots/<id>/statistics               counts
          POST   /control/bots/<id>/statistics/reset         starts the counts at 0
          POST   /control/bots/<id>/reset                    forgets updates, webhook, messages and counts of the bot
          GET    /control/bots/<id>/webhook                  URL, connections, updates in flight, next retries
          POST   /control/bots/<id>/webhook-error            {"message"}: the last error that getWebhookInfo shows
          POST   /control/bots/<id>/revoke                   the bot's token is answered with 401 from now on
          GET    /control/faults                             faults and how often each has acted
          POST   /control/faults                             {"kind", "method"?, "port"?, "bot"?, "chat"?, "times"?,
                                                             "status"?, "retry_after"?, "text"?, "delay_seconds"?,
                                                             "migrate_to"?}: adds a fault
                                                             kind: reset, hang, html, too_many_requests, conflict, delay,
                                                             reset_mid_response, truncated, error, chat_migrated, no_answer
          DELETE /control/faults[/<number>]                  removes all faults, or one
          POST   /control/ports/<port>/stop?seconds=S        closes the port for S seconds, or until it is started
          POST   /control/ports/<port>/start                 opens the port
          POST   /control/reset                              resets all bots and removes all faults
        """;
}
