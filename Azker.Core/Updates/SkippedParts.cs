using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Azker.Core.Updates;

/// <summary>
/// Reads a part of an update, or skips it when it cannot be read. Each skipped part costs an exception, so an update has a
/// limited number of them.
/// </summary>
internal static class SkippedParts
{
    /// <summary>The most parts that are skipped in one update. The update is unreadable beyond that.</summary>
    public const int Max = 1000;

    /// <summary>A converter does not know for which update it reads. One thread reads an update from its start to its end.</summary>
    [ThreadStatic]
    private static int _left;

    /// <summary>Whether the update that this thread reads has more unreadable parts than are skipped.</summary>
    public static bool AreTooMany => _left < 0;

    /// <summary>Begins an update.</summary>
    public static void Reset() => _left = Max;

    /// <param name="reader">The reader, at the first token of the part; afterwards it is at the last.</param>
    /// <param name="own">The converter of this part alone; <see langword="null"/> if the part is read as its type is.</param>
    /// <param name="options">The options with which the update is read.</param>
    /// <param name="value">The part; the default if it was skipped.</param>
    /// <returns>Whether the part was read.</returns>
    public static bool TryRead<T>(ref Utf8JsonReader reader, JsonConverter<T>? own, JsonSerializerOptions options, out T? value)
    {
        Utf8JsonReader start = reader;
        try
        {
            value = own is null
                ? JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)))
                : own.Read(ref reader, typeof(T), options);
            return true;
        }
        catch (Exception) when (_left-- > 0)
        {
            reader = start;
            reader.Skip();
            value = default;
            return false;
        }
    }
}
