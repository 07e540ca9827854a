using Azure.Core;
using Azure.Identity;

namespace Azker.Core.Infrastructure;

/// <summary>A token that several callers share. One fetch runs at a time, and none ends with the caller that began it.</summary>
/// <param name="fetch">Fetches a token.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class SharedToken(Func<CancellationToken, ValueTask<AccessToken>> fetch, TimeProvider timeProvider)
{
    /// <summary>The default chain needs up to 25 s on a machine without a managed identity.</summary>
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(60);

    /// <summary>How long before its end a token is renewed, if the service names no time.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>For how long a failure answers further calls, each of which is too short for a fetch of its own.</summary>
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private AccessToken? _token;
    private Task<AccessToken>? _fetch;
    private long _failedAt;

    /// <param name="cancellationToken">Ends the wait, and not the fetch.</param>
    /// <exception cref="AuthenticationFailedException">No token could be fetched.</exception>
    public Task<AccessToken> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            DateTimeOffset now = timeProvider.GetUtcNow();
            bool isValid = _token is { } token && token.ExpiresOn > now;
            if (!isValid || (_token!.Value.RefreshOn ?? _token.Value.ExpiresOn - Margin) <= now)
            {
                BeginFetch();
            }

            return isValid ? Task.FromResult(_token!.Value) : _fetch!.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Begins a fetch, unless one is running, or the last one has just failed.</summary>
    private void BeginFetch()
    {
        bool hasJustFailed = _fetch is { IsCompleted: true, IsCompletedSuccessfully: false } && timeProvider.GetElapsedTime(_failedAt) < FailureLifetime;
        if (_fetch is null or { IsCompleted: true } && !hasJustFailed)
        {
            _fetch = FetchAsync();
        }
    }

    private async Task<AccessToken> FetchAsync()
    {
        // The caller holds the gate.
        await Task.Yield();
        using var limit = new CancellationTokenSource(FetchTimeout, timeProvider);
        try
        {
            AccessToken token = await fetch(limit.Token).AsTask().WaitAsync(limit.Token);
            lock (_gate)
            {
                _token = token;
            }

            return token;
        }
        catch (Exception error)
        {
            _failedAt = timeProvider.GetTimestamp();
            throw limit.IsCancellationRequested ? new AuthenticationFailedException($"no token within {FetchTimeout.TotalSeconds} s", error)
                : error is AuthenticationFailedException ? error
                : new AuthenticationFailedException($"no token: {error.Message}", error);
        }
    }
}
