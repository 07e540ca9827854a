namespace Azker.Core.Fallback;

/// <summary>The probe of a program that serves the webhook itself: while it runs, the target is healthy.</summary>
internal sealed class AlwaysHealthyProbe : ITargetProbe
{
    public Task<TargetHealth> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult(new TargetHealth(TargetState.Healthy));
}
