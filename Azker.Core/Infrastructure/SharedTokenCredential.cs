using System.Collections.Concurrent;
using Azure.Core;

namespace Azker.Core.Infrastructure;

/// <summary>
/// One credential for all clients of a storage account. A chain of credentials may need 25 s, and a call to the storage has 2.5 s, so a token
/// is fetched outside the calls that wait for it, and renewed before it ends.
/// </summary>
internal sealed class SharedTokenCredential(TokenCredential inner, TimeProvider timeProvider) : TokenCredential
{
    private const string StorageScope = "https://storage.azure.com/.default";

    private readonly ConcurrentDictionary<string, SharedToken> _tokens = new();

    /// <summary>Fetches the first token, for which a start waits. A failure is the answer of the calls that follow.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task PrepareAsync(CancellationToken cancellationToken) =>
        await ((Task)GetTokenAsync(new TokenRequestContext([StorageScope]), cancellationToken).AsTask())
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        string key = $"{string.Join(' ', requestContext.Scopes)} {requestContext.TenantId} {requestContext.Claims}";
        return new(_tokens.GetOrAdd(key, _ => new SharedToken(token => inner.GetTokenAsync(requestContext, token), timeProvider)).GetAsync(cancellationToken));
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        GetTokenAsync(requestContext, cancellationToken).AsTask().GetAwaiter().GetResult();
}
