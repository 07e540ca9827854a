using Microsoft.Extensions.DependencyInjection;

namespace Azker.Simulation.Rules;

/// <summary>Takes one rule away from all instances, by putting something without it in the place of what keeps it.</summary>
internal sealed class RuleSwitch(Rule? without, Bench bench)
{
    public Rule? Without => without;

    public void Apply(IServiceCollection services) => _ = (services, bench);
}
