using System.Text;
using System.Text.Json.Nodes;
using Azker.Core.Delivery.Parking;
using Azker.Core.Updates;

namespace Azker.PollingFallback.Commands.Parked;

/// <summary>A parked update as one line of JSON.</summary>
internal static class ParkedJson
{
    /// <param name="update">The update.</param>
    /// <param name="withRaw">Whether the update's own JSON is a member, as a text.</param>
    public static string Format(ParkedUpdate update, bool withRaw = false)
    {
        var json = new JsonObject
        {
            ["update_id"] = update.UpdateId,
            ["kind"] = KindOf(update),
            ["arrived_at"] = update.ArrivedAt,
            ["not_before"] = update.NotBefore,
        };
        if (withRaw)
        {
            json["raw"] = Encoding.UTF8.GetString(update.Raw.Span);
        }

        return json.ToJsonString();
    }

    /// <returns>The kind; <see langword="null"/> when the JSON is not an update.</returns>
    public static string? KindOf(ParkedUpdate update)
    {
        try
        {
            return ReceivedUpdate.Parse(update.Raw).Kind;
        }
        catch (UnreadableUpdateException)
        {
            return null;
        }
    }
}
