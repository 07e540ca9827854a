namespace Azker.Core.Fallback;

/// <summary>Asks the program behind the webhook's URL how it is.</summary>
internal interface ITargetProbe
{
    /// <summary>Asks once. What goes wrong is part of the answer.</summary>
    /// <param name="cancellationToken">Ends the question.</param>
    Task<TargetHealth> ProbeAsync(CancellationToken cancellationToken);
}
