namespace Azker.Core.Hosting;

/// <summary>The lifetime of the handlers of pushed updates, which may outlive the requests.</summary>
/// <param name="Abandoned">Is cancelled when the program ends and gives handlers no more time.</param>
internal sealed record HandlerLifetime(CancellationToken Abandoned);
