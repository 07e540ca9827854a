using System.Globalization;
using System.Security.Cryptography;

namespace Azker.Core.Delivery;

/// <summary>The updates given up on, kept for a person to look at and replay.</summary>
public sealed class DeadLetters
{
    private readonly IDeadLetterStore _store;

    internal DeadLetters(IDeadLetterStore store) => _store = store;

    /// <summary>Sets an update aside. The same update set aside again is one dead letter, and no other takes its place.</summary>
    /// <returns>Where it is kept; <see langword="null"/> when it was set aside before.</returns>
    /// <exception cref="DeadLetterException">It cannot be kept; the update must not be settled.</exception>
    internal async Task<string?> AddAsync(ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken)
    {
        string id = IdOf(raw.Span, letter.UpdateId);
        return await _store.AddAsync(id, raw, letter, cancellationToken) ? _store.PlaceOf(id) : null;
    }

    /// <summary>The hash tells updates apart whose id could not be read, or was given twice.</summary>
    private static string IdOf(ReadOnlySpan<byte> raw, int? updateId)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(raw).AsSpan(0, 8));
        return updateId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{id}-{hash}") : $"unreadable-{hash}";
    }
}
