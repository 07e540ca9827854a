using Azker.Core.Fallback;

namespace Azker.Core.Tests.Fallback;

/// <summary>A target whose health the test sets. It is healthy at first.</summary>
internal sealed class TestTarget : ITargetProbe
{
    public TargetHealth Health
    {
        get => Look();
        set => Look = () => value;
    }

    /// <summary>Finds the health at each probe.</summary>
    public Func<TargetHealth> Look { get; set; } = () => WebhookSamples.Healthy;

    public Task<TargetHealth> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult(Health);
}
