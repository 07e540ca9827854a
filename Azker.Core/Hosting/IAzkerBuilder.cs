namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures one bot that <c>AddAzker</c> has added.</summary>
public interface IAzkerBuilder
{
    /// <summary>The name of the bot; empty for the only bot of an application.</summary>
    string Name { get; }

    /// <summary>The services of the application.</summary>
    IServiceCollection Services { get; }
}
