using Microsoft.Extensions.DependencyInjection;

namespace Azker.Simulation.Instances;

/// <summary>What a process does from its start to its end, as the front of that kind does it.</summary>
internal interface IRole
{
    /// <summary>The settings of such a process, beyond those that all have.</summary>
    IEnumerable<(string Name, string Value)> Settings { get; }

    /// <summary>Adds what only such a process has.</summary>
    void Configure(IServiceCollection services, InstanceProcess process, Bench bench)
    {
    }

    Task RunAsync(InstanceProcess process, CancellationToken stoppingToken);
}
