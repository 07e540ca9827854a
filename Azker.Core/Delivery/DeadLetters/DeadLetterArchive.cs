using System.Globalization;
using System.Security.Cryptography;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.DeadLetters;

/// <summary>The updates given up on, kept for a person to look at and replay.</summary>
internal sealed partial class DeadLetterArchive(
    IDeadLetterStore store, DeliveryOptions options, SecretMask mask, TimeProvider timeProvider, ILogger<DeadLetterArchive> logger)
{
    /// <summary>
    /// For how long a failure to keep a letter is told in health: longer than Telegram, or the poller, lets it rest until
    /// the next try.
    /// </summary>
    private static readonly TimeSpan ProblemLifetime = TimeSpan.FromMinutes(5);

    private const string Unwritable = "Dead letters cannot be kept; updates that are given up on wait with Telegram.";
    private const string TooMany = $"As many dead letters are kept as {SettingNames.DeadLetterMax} allows; updates that are given up on wait with Telegram.";

    private readonly DeadLetterQuota _quota = new(store, options.DeadLetterMax, timeProvider);
    private volatile PastProblem? _problem;

    /// <summary>Why updates that are given up on wait with Telegram, in words that a stranger may read; <see langword="null"/> when they do not.</summary>
    internal string? Problem => _problem is { } problem && timeProvider.GetUtcNow() - problem.At < ProblemLifetime ? problem.Words : null;

    /// <summary>Where they are kept, for people.</summary>
    public string Location => store.Location;

    /// <summary>The letters that are kept, in the order of their ids.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The letters, as they are read.</returns>
    /// <exception cref="DeadLetterException">They cannot be read.</exception>
    public IAsyncEnumerable<StoredDeadLetter> ListAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);

    /// <summary>Finds letters by their id, or by how it begins.</summary>
    /// <param name="id">The id, or the beginning of one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The one with this id; otherwise all whose id begins so.</returns>
    /// <exception cref="DeadLetterException">They cannot be read.</exception>
    public async Task<IReadOnlyList<StoredDeadLetter>> FindAsync(string id, CancellationToken cancellationToken)
    {
        List<StoredDeadLetter> found = await ListAsync(cancellationToken)
            .Where(letter => letter.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase))
            .ToListAsync(cancellationToken);
        return found.Find(letter => letter.Id == id) is { } exact ? [exact] : found;
    }

    /// <summary>The raw JSON of a letter, byte for byte as it came.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The JSON; <see langword="null"/> when the letter has been removed.</returns>
    /// <exception cref="DeadLetterException">It cannot be read.</exception>
    public Task<ReadOnlyMemory<byte>?> ReadAsync(StoredDeadLetter letter, CancellationToken cancellationToken) => store.ReadAsync(letter.Id, cancellationToken);

    /// <summary>Sets an update aside. The same update set aside again is one dead letter, and no other takes its place.</summary>
    /// <exception cref="DeadLetterException">It cannot be kept; the update must not be settled.</exception>
    internal async Task AddAsync(ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken)
    {
        string id = IdOf(raw.Span, letter.UpdateId);
        DeadLetter masked = Mask(letter);
        try
        {
            if (await TryAddAsync(id, raw, masked, cancellationToken))
            {
                Log.GivenUp(logger, masked.UpdateId, masked.Attempts, store.LocationOf(id), masked.Reason, masked.Error);
            }

            _problem = null;
        }
        catch (DeadLetterException error)
        {
            _problem = new PastProblem(error.IsFull ? TooMany : Unwritable, timeProvider.GetUtcNow());
            throw;
        }
    }

    /// <summary>Writes down that another attempt failed.</summary>
    /// <returns>What was written, which has no secrets.</returns>
    internal async Task<DeadLetter> UpdateAsync(StoredDeadLetter letter, CancellationToken cancellationToken)
    {
        DeadLetter masked = Mask(letter.Letter);
        await store.UpdateAsync(letter.Id, masked, cancellationToken);
        return masked;
    }

    internal Task RemoveAsync(StoredDeadLetter letter, CancellationToken cancellationToken) => store.RemoveAsync(letter.Id, cancellationToken);

    private async Task<bool> TryAddAsync(string id, ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken)
    {
        if (!await _quota.TryTakeAsync(cancellationToken))
        {
            return await store.ReadAsync(id, cancellationToken) is null ? throw Full() : false;
        }

        bool isAdded = false;
        try
        {
            return isAdded = await store.AddAsync(id, raw, letter, cancellationToken);
        }
        finally
        {
            _quota.Settle(isAdded);
        }
    }

    private DeadLetterException Full() => new(string.Create(CultureInfo.InvariantCulture,
        $"{options.DeadLetterMax} dead letters are kept, as many as {SettingNames.DeadLetterMax} allows, and none is removed for another. ")
        + $"Replay some (dead-letters replay), or raise {SettingNames.DeadLetterMax}.")
    {
        IsFull = true,
    };

    /// <summary>Short enough for a blob's metadata, 8 KiB (Blob service), even where each character has to be escaped.</summary>
    private DeadLetter Mask(DeadLetter letter) => letter with
    {
        Kind = Shorten(letter.Kind, 64),
        ErrorType = Shorten(letter.ErrorType, 200),
        Error = letter.Error is { } error ? Shorten(mask.Apply(error), 800) : null,
    };

    private static string? Shorten(string? text, int length) => text?.Length > length ? string.Concat(text.AsSpan(0, length - 1), "…") : text;

    /// <summary>The hash tells updates apart whose id could not be read, or was given twice.</summary>
    private static string IdOf(ReadOnlySpan<byte> raw, int? updateId)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(raw).AsSpan(0, 8));
        return updateId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{id}-{hash}") : $"unreadable-{hash}";
    }

    private sealed record PastProblem(string Words, DateTimeOffset At);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Update {UpdateId} was given up on after {Attempts} attempts and is kept in {Location}. {Reason} {Error}")]
        public static partial void GivenUp(ILogger logger, int? updateId, int attempts, string location, string reason, string? error);
    }
}
