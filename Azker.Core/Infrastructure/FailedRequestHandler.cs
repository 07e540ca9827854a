namespace Azker.Core.Infrastructure;

/// <summary>Tells an <see cref="AddressRace"/> of the requests that fail on its connections, or that have no answer in time.</summary>
internal sealed class FailedRequestHandler(AddressRace race, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch
        {
            race.RequestFailed();
            throw;
        }
    }
}
