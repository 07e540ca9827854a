using Azker.BotApi.Requests;

namespace Azker.BotApi.Polling;

/// <summary>The arguments of getUpdates, parsed leniently and clamped to their ranges.</summary>
internal sealed record PollRequest(int Offset, int Limit, int Timeout)
{
    public const int MaxTimeout = 50;

    public static PollRequest From(RequestArguments arguments) => new(
        arguments.Integer("offset", 0),
        arguments.Integer("limit", 100, 1, 100),
        arguments.Integer("timeout", 0, 0, MaxTimeout));
}
