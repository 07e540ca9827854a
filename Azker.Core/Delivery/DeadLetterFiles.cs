using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Azker.Core.Configuration;

namespace Azker.Core.Delivery;

/// <summary>
/// Keeps dead letters as two files each in <c>{DATA_DIR}/dead-letters</c>: the raw JSON, byte for byte, and the reason.
/// </summary>
internal sealed class DeadLetterFiles(StorageOptions options)
{
    private readonly string _directory = Path.Combine(options.DataDirectory, "dead-letters");

    /// <summary>Sets an update aside. The same update set aside again is one dead letter, and no other takes its place.</summary>
    /// <returns>The path of the raw JSON; <see langword="null"/> when it was set aside before.</returns>
    public string? Add(ReadOnlyMemory<byte> raw, DeadLetter letter)
    {
        Directory.CreateDirectory(_directory);
        string name = Path.Combine(_directory, NameOf(raw.Span, letter.UpdateId));
        if (File.Exists(name + ".json"))
        {
            return null;
        }

        Write(name + ".reason.json", JsonSerializer.SerializeToUtf8Bytes(letter, DeadLetterJsonContext.Default.DeadLetter));
        Write(name + ".json", raw.Span);
        return name + ".json";
    }

    /// <summary>The hash tells updates apart whose id could not be read, or was given twice.</summary>
    private static string NameOf(ReadOnlySpan<byte> raw, int? updateId)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(raw).AsSpan(0, 6));
        return updateId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{id}-{hash}") : $"unreadable-{hash}";
    }

    private static void Write(string path, ReadOnlySpan<byte> content)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
