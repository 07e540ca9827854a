namespace Azker.Core.Fallback;

/// <summary>Probes the health of the target, the program behind the webhook's URL.</summary>
internal interface ITargetProbe
{
    /// <summary>Probes once. The result contains the faults.</summary>
    /// <param name="cancellationToken">Cancels the probe.</param>
    Task<TargetHealth> ProbeAsync(CancellationToken cancellationToken);
}
