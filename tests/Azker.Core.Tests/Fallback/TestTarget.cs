using Azker.Core.Fallback;

namespace Azker.Core.Tests.Fallback;

/// <summary>A target whose health the test sets. It is healthy at first.</summary>
internal sealed class TestTarget : ITargetProbe
{
    public TargetHealth Health { get; set; } = WebhookSamples.Healthy;

    public Task<TargetHealth> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult(Health);
}
