namespace Azker.BotApi.Control;

internal static class ControlHelp
{
    public const string Text = """
        Call it like the real one: /bot<token>/<method>. Any well-formed token is accepted: <id>:<24 or more of A-Z a-z 0-9 _ ->.

        Control (JSON, on every port; a bot is named by its id, the number before the colon):
          GET    /control                                    URLs, ports that listen now, bots
          POST   /control/bots                               {"token"}: registers a token
          POST   /control/bots/<id>/messages                 {"chat", "user"?, "text"}: a user writes
          POST   /control/bots/<id>/updates                  {"message": {...}}: any update, well-formed or not
          POST   /control/bots/<id>/unreadable               a message that no typed client can read
          GET    /control/bots/<id>/updates                  each update: deliveries by getUpdates, attempts by webhook (status,
                                                              error, accepted or not), and why it left the queue
          GET    /control/bots/<id>/polls                    each getUpdates: when, on which port, how it was answered
          GET    /control/bots/<id>/sent?after=N&wait=S      what the bot sent after sequence N; waits up to S seconds
          GET    /control/bots/<id>/statistics               counts
          POST   /control/bots/<id>/statistics/reset
          POST   /control/bots/<id>/reset
          GET    /control/bots/<id>/webhook                  url, connections, updates in flight, next retries
          POST   /control/bots/<id>/webhook-error            {"message"}: what getWebhookInfo shows as the last error
          POST   /control/bots/<id>/revoke                   the bot's token is answered 401 from now on
          GET    /control/faults
          POST   /control/faults                             {"kind", "method"?, "port"?, "bot"?, "times"?,
                                                              "status"?, "retry_after"?, "text"?, "delay_seconds"?}
                                                             kind: reset, hang, html, too_many_requests, conflict, delay,
                                                              reset_mid_response, truncated
          DELETE /control/faults[/<number>]
          POST   /control/ports/<port>/stop?seconds=S        refuses connections, for S seconds or until started
          POST   /control/ports/<port>/start
          POST   /control/reset                              all bots and faults
        """;
}
