using Microsoft.Extensions.DependencyInjection;

namespace Azker.Simulation.Instances;

/// <summary>The work of a process from its start to its end, as the host of its kind does it.</summary>
internal interface IRole
{
    /// <summary>The settings of such a process, beyond the settings of all processes.</summary>
    IEnumerable<(string Name, string Value)> Settings { get; }

    /// <summary>Adds the services that only such a process has.</summary>
    void Configure(IServiceCollection services, InstanceProcess process, Bench bench)
    {
    }

    Task RunAsync(InstanceProcess process, CancellationToken stoppingToken);
}
