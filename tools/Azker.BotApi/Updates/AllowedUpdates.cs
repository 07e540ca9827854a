using System.Text.Json;

namespace Azker.BotApi.Updates;

/// <summary>The set of update types that a bot asked for, one bit for each row of <see cref="QueuedKinds.All"/>.</summary>
internal readonly record struct AllowedUpdates(uint Mask)
{
    public static AllowedUpdates Default { get; } = Of(QueuedKinds.All.Where(kind => kind.IsDefault).Select(kind => kind.Name));

    /// <summary>The set of a request, or null when the request leaves the set unchanged.</summary>
    public static AllowedUpdates? Parse(string argument)
    {
        try
        {
            string?[]? names = JsonSerializer.Deserialize<string?[]>(argument);
            if (names is null || names.Contains(null))
            {
                return null;
            }

            AllowedUpdates allowed = Of(names!);
            return allowed.Mask == 0 ? Default : allowed;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool Contains(QueuedKind kind)
    {
        int index = IndexOf(kind.Name);
        return index < 0 || (Mask >> index & 1) != 0;
    }

    /// <summary>The names as getWebhookInfo shows them.</summary>
    public IEnumerable<string> VisibleNames()
    {
        AllowedUpdates self = this;
        return QueuedKinds.All.Where(self.Contains).Select(kind => kind.Name).Where(name => name is not ("custom_event" or "custom_query"));
    }

    private static AllowedUpdates Of(IEnumerable<string> names) =>
        new(names.Select(IndexOf).Where(index => index >= 0).Aggregate(0u, (mask, index) => mask | 1u << index));

    private static int IndexOf(string name)
    {
        for (int index = 0; index < QueuedKinds.All.Count; index++)
        {
            if (QueuedKinds.All[index].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }
}
