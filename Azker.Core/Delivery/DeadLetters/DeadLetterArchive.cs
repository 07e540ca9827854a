using System.Globalization;
using System.Security.Cryptography;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.DeadLetters;

/// <summary>Keeps the dead letters for a person to look at and replay.</summary>
internal sealed partial class DeadLetterArchive(
    IDeadLetterStore store, DeliveryOptions options, SecretMask mask, TimeProvider timeProvider, ILogger<DeadLetterArchive> logger)
{
    /// <summary>
    /// How long health reports a failure to keep a dead letter: longer than the pause of Telegram, or of the poller, before it
    /// delivers the update again.
    /// </summary>
    private static readonly TimeSpan ProblemLifetime = TimeSpan.FromMinutes(5);

    private const string Unwritable = "Dead letters cannot be kept, so updates that failed for good wait at Telegram.";
    private const string TooMany = $"The limit of {SettingNames.DeadLetterMax} dead letters is reached, so updates that failed for good wait at Telegram.";

    private readonly DeadLetterQuota _quota = new(store, options.DeadLetterMax, timeProvider);
    private volatile PastProblem? _problem;

    /// <summary>Why dead letters cannot be kept now, as text without details, since health is public; <see langword="null"/> when they can.</summary>
    internal string? Problem => _problem is { } problem && timeProvider.GetElapsedTime(problem.At) < ProblemLifetime ? problem.Words : null;

    /// <summary>Where the dead letters are kept, as text.</summary>
    public string Location => store.Location;

    /// <summary>Reads the dead letters in the order of their ids.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The dead letters, as they are read.</returns>
    /// <exception cref="DeadLetterException">The dead letters cannot be read.</exception>
    public IAsyncEnumerable<StoredDeadLetter> ListAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);

    /// <summary>Finds dead letters by their id, or by the beginning of it.</summary>
    /// <param name="id">The id, or the beginning of an id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The dead letter with this id; otherwise all whose id begins with the text.</returns>
    /// <exception cref="DeadLetterException">The dead letters cannot be read.</exception>
    public async Task<IReadOnlyList<StoredDeadLetter>> FindAsync(string id, CancellationToken cancellationToken)
    {
        List<StoredDeadLetter> found = await ListAsync(cancellationToken)
            .Where(letter => letter.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase))
            .ToListAsync(cancellationToken);
        return found.Find(letter => letter.Id == id) is { } exact ? [exact] : found;
    }

    /// <summary>Reads the raw JSON of a dead letter, byte for byte as it arrived.</summary>
    /// <param name="letter">The dead letter.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The JSON; <see langword="null"/> when the dead letter has been removed.</returns>
    /// <exception cref="DeadLetterException">The dead letter cannot be read.</exception>
    public Task<ReadOnlyMemory<byte>?> ReadAsync(StoredDeadLetter letter, CancellationToken cancellationToken) => store.ReadAsync(letter.Id, cancellationToken);

    /// <summary>Keeps an update as a dead letter. The same update added again is the same dead letter; no dead letter replaces another.</summary>
    /// <returns>Whether the dead letter is new.</returns>
    /// <exception cref="DeadLetterException">The dead letter cannot be kept; the update must not be settled.</exception>
    internal async Task<bool> AddAsync(ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken)
    {
        string id = IdOf(raw.Span, letter.UpdateId);
        DeadLetter masked = Mask(letter);
        try
        {
            bool isNew = await TryAddAsync(id, raw, masked, cancellationToken);
            if (isNew)
            {
                LogGivenUp(raw, masked, store.LocationOf(id));
            }

            _problem = null;
            return isNew;
        }
        catch (DeadLetterException error)
        {
            _problem = new PastProblem(error.IsFull ? TooMany : Unwritable, timeProvider.GetTimestamp());
            throw;
        }
    }

    /// <summary>Records another failed attempt.</summary>
    /// <returns>The dead letter as it was written, without secrets.</returns>
    internal async Task<DeadLetter> UpdateAsync(StoredDeadLetter letter, CancellationToken cancellationToken)
    {
        DeadLetter masked = Mask(letter.Letter);
        await store.UpdateAsync(letter.Id, masked, cancellationToken);
        return masked;
    }

    internal async Task RemoveAsync(StoredDeadLetter letter, CancellationToken cancellationToken)
    {
        if (await store.RemoveAsync(letter.Id, cancellationToken))
        {
            _quota.Remove();
        }
    }

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
        $"{options.DeadLetterMax} dead letters are kept, which is the limit of {SettingNames.DeadLetterMax}, and none is removed for a new one. ")
        + $"Replay some (dead-letters replay), or raise {SettingNames.DeadLetterMax}.")
    {
        IsFull = true,
    };

    /// <summary>Masks secrets, and shortens the texts to fit in a blob's metadata of 8 KiB (Blob service), even if each character is escaped.</summary>
    private DeadLetter Mask(DeadLetter letter) => letter with
    {
        Kind = Shorten(letter.Kind, 64),
        ErrorType = Shorten(letter.ErrorType, 200),
        Error = letter.Error is { } error ? Shorten(mask.Apply(error), 800) : null,
    };

    private static string? Shorten(string? text, int length) => text?.Length > length ? string.Concat(text.AsSpan(0, length - 1), "…") : text;

    /// <summary>The hash distinguishes updates whose id could not be read, and updates that have the same id.</summary>
    private static string IdOf(ReadOnlySpan<byte> raw, int? updateId)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(raw).AsSpan(0, 8));
        return updateId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{id}-{hash}") : $"unreadable-{hash}";
    }

    private void LogGivenUp(ReadOnlyMemory<byte> raw, DeadLetter letter, string location)
    {
        string reason = letter.Error is { } error ? $"{letter.Reason} {UpdateTexts.Hide(error, raw.Span).ReplaceLineEndings(" ")}" : letter.Reason;
        if (letter.UpdateId is { } updateId)
        {
            Log.GivenUp(logger, updateId, letter.Attempts, location, reason);
        }
        else
        {
            Log.UnreadableGivenUp(logger, location, reason);
        }
    }

    private sealed record PastProblem(string Words, long At);

    private static partial class Log
    {
        [LoggerMessage(4101, LogLevel.Error, "Update {UpdateId} became a dead letter (attempts: {Attempts}). {Reason} The dead letter is kept in {Location}.")]
        public static partial void GivenUp(ILogger logger, int updateId, int attempts, string location, string reason);

        [LoggerMessage(4102, LogLevel.Error, "Data from Telegram became a dead letter. {Reason} The dead letter is kept in {Location}.")]
        public static partial void UnreadableGivenUp(ILogger logger, string location, string reason);
    }
}
