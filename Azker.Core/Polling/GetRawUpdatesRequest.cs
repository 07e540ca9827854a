using Telegram.Bot.Requests;

namespace Azker.Core.Polling;

/// <summary><c>getUpdates</c> with a raw answer. Its properties are the parameters of the method.</summary>
internal sealed class GetRawUpdatesRequest() : RequestBase<RawUpdates>("getUpdates")
{
    public int? Offset { get; init; }

    public int? Limit { get; init; }

    /// <summary>In seconds.</summary>
    public int Timeout { get; init; }

    public IReadOnlyList<string>? AllowedUpdates { get; init; }
}
