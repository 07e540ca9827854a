using Azker.Core.Configuration;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery;

/// <summary>
/// Takes an update until it is settled: handled, or a dead letter. Attempts of one key follow each other; while one waits
/// for its next attempt, it takes no place from others.
/// </summary>
internal sealed partial class UpdateDelivery(
    UpdateDispatcher dispatcher,
    DeadLetterFiles deadLetters,
    DeliveryOptions options,
    TimeProvider timeProvider,
    ILogger<UpdateDelivery> logger) : IDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly UpdateLanes _lanes = new();
    private readonly SemaphoreSlim _places = new(options.MaxConcurrentUpdates);

    /// <summary>Delivers an update in the lane of its key.</summary>
    /// <returns>Whether the update is settled; not, when the token fell first.</returns>
    public Task<bool> DeliverAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        _lanes.RunAsync(update.Key, () => SettleAsync(update, cancellationToken));

    /// <summary>Sets aside what came from Telegram and is no update.</summary>
    /// <returns>Whether it is settled; not, when the token fell first.</returns>
    public Task<bool> SetAsideAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken) =>
        GiveUpAsync(raw, Letter(null, "It is not an update.", error, 0), cancellationToken);

    /// <summary>Frees the places. Nothing may be under way.</summary>
    public void Dispose() => _places.Dispose();

    private async Task<bool> SettleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(FirstDelay, LongestDelay, Random.Shared);
        for (int attempt = 1; ; attempt++)
        {
            DispatchResult result = await AttemptAsync(update, cancellationToken);
            switch (result.Outcome)
            {
                case DispatchOutcome.Handled:
                    return true;
                case DispatchOutcome.Cancelled:
                    return false;
                case DispatchOutcome.Unreadable:
                    return await GiveUpAsync(update.Raw, Letter(update, "It does not fit the Bot API's types.", result.Error, attempt), cancellationToken);
                case var outcome when attempt >= options.MaxAttempts:
                    return await GiveUpAsync(update.Raw, Letter(update, Words(outcome), result.Error, attempt), cancellationToken);
            }

            TimeSpan delay = backoff.Next();
            Log.AttemptFailed(logger, update.Id, update.Kind, attempt, options.MaxAttempts, Words(result.Outcome), delay, result.Error);
            if (!await WaitAsync(delay, cancellationToken))
            {
                return false;
            }
        }
    }

    private async Task<DispatchResult> AttemptAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        try
        {
            await _places.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new DispatchResult(DispatchOutcome.Cancelled);
        }

        try
        {
            return await dispatcher.DispatchAsync(update, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>An update is not settled before its dead letter is on disk; a full disk holds it, and says so.</summary>
    private async Task<bool> GiveUpAsync(ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(FirstDelay, LongestDelay, Random.Shared);
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan delay;
            try
            {
                if (deadLetters.Add(raw, letter) is { } path)
                {
                    Log.GivenUp(logger, letter.UpdateId, letter.Reason, letter.Attempts, path, letter.Error);
                }

                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                delay = backoff.Next();
                Log.DeadLetterNotWritten(logger, letter.UpdateId, delay, error);
            }

            await WaitAsync(delay, cancellationToken);
        }

        return false;
    }

    private async Task<bool> WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        await Task.Delay(delay, timeProvider, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    private DeadLetter Letter(ReceivedUpdate? update, string reason, Exception? error, int attempts)
    {
        Exception? cause = error is UnreadableUpdateException { InnerException: { } inner } ? inner : error;
        return new DeadLetter(update?.Id, update?.Kind, reason, cause?.GetType().FullName, cause?.Message, attempts, timeProvider.GetUtcNow());
    }

    private static string Words(DispatchOutcome outcome) => outcome == DispatchOutcome.TimedOut
        ? "Its handler did not end in time."
        : "Its handler failed.";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Update {UpdateId} ({Kind}), attempt {Attempt} of {MaxAttempts}: {Why} The next attempt follows in {Delay}.")]
        public static partial void AttemptFailed(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string why, TimeSpan delay, Exception? exception);

        [LoggerMessage(2, LogLevel.Error, "Update {UpdateId} was given up on after {Attempts} attempts and is kept in {Path}. {Reason} {Error}")]
        public static partial void GivenUp(ILogger logger, int? updateId, string reason, int attempts, string path, string? error);

        [LoggerMessage(3, LogLevel.Error, "The dead letter of update {UpdateId} cannot be written; the next try follows in {Delay}. Until then it stays with Telegram.")]
        public static partial void DeadLetterNotWritten(ILogger logger, int? updateId, TimeSpan delay, Exception exception);
    }
}
