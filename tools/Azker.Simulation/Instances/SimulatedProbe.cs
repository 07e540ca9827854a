using Azker.Core.Fallback;
using Azker.Core.Infrastructure;
using Azker.Simulation.BotApi;
using Azker.Simulation.Network;

namespace Azker.Simulation.Instances;

/// <summary>Asks any process behind a site for its health report, as an HTTP client does.</summary>
internal sealed class SimulatedProbe(Site site, InstanceProcess process, Bench bench) : ITargetProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly Line _line = bench.LineOf(process.Instance, site.Health);

    public async Task<TargetHealth> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Deadline.RunAsync(
                token => new Exchange<TargetHealth>(process.Thread, _line).SendAsync(Serve, token), "/health", Timeout, process.Clock, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or TimeoutException)
        {
            return new TargetHealth(TargetState.Unknown, "/health cannot be reached.");
        }
    }

    private void Serve(Exchange<TargetHealth> exchange)
    {
        if (_line.IsFailing)
        {
            exchange.Answer(new TargetHealth(TargetState.Unhealthy, "/health answers 502."));
        }
        else if (site.Pick() is { } server)
        {
            server.AskHealth(isActive => exchange.Answer(isActive
                ? new TargetHealth(TargetState.Healthy)
                : new TargetHealth(TargetState.Unhealthy, "/health reports that no updates are received.")));
        }
        else if (site.HasProxy)
        {
            exchange.Answer(new TargetHealth(TargetState.Unhealthy, "/health answers 503."));
        }
        else
        {
            exchange.Fail(new HttpRequestException(HttpRequestError.ConnectionError));
        }
    }
}
