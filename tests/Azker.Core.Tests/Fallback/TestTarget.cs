using Azker.Core.Fallback;

namespace Azker.Core.Tests.Fallback;

/// <summary>The webhook's program, as a test wants it to be. It is well at first.</summary>
internal sealed class TestTarget : ITargetProbe
{
    public TargetHealth Health { get; set; } = Samples.Well;

    public Task<TargetHealth> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult(Health);
}
