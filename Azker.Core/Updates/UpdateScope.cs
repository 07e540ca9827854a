using System.Collections;
using System.Globalization;

namespace Azker.Core.Updates;

/// <summary>The logging scope of an update that is being delivered.</summary>
/// <param name="update">The update.</param>
/// <param name="receiveMode">How the update came to its handler.</param>
/// <remarks>A struct, and its values are made when a logger reads them: without a logger that supports scopes it costs nothing.</remarks>
internal readonly struct UpdateScope(ReceivedUpdate update, string receiveMode) : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <summary>The update of a dead letter came to its handler again.</summary>
    public const string ByReplay = "replay";

    private const string ByWebhook = "webhook";
    private const string ByPolling = "polling";

    /// <param name="update">The update.</param>
    /// <param name="epoch">The epoch of the receiver lock, which an instance that polls has; <see langword="null"/> for a webhook.</param>
    public UpdateScope(ReceivedUpdate update, long? epoch)
        : this(update, epoch is null ? ByWebhook : ByPolling)
    {
    }

    public int Count => 3;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("update_id", update.Id),
        1 => new("update_kind", update.Kind),
        2 => new("receive_mode", receiveMode),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (int index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"update_id:{update.Id} update_kind:{update.Kind} receive_mode:{receiveMode}");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
