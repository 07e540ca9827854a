using System.Collections.Immutable;
using System.Text.Json;
using Azker.Core.Hosting;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.AzureFunctions;

/// <summary>
/// Gives the Functions host the schedule of the guard instead of the name of its setting: the host resolves the name only if the setting
/// exists, and does not run the guard otherwise.
/// </summary>
internal sealed class GuardSchedule(IFunctionMetadataProvider functions, AzkerBot bot) : IFunctionMetadataProvider
{
    /// <summary>Wraps the worker's own description of the functions in a description that has the schedule.</summary>
    /// <exception cref="InvalidOperationException">This version of the worker describes its functions in another way.</exception>
    public static void Add(IServiceCollection services)
    {
        Type functions = services.LastOrDefault(service => service.ServiceType == typeof(IFunctionMetadataProvider))?.ImplementationType
            ?? throw new InvalidOperationException(
                $"The Functions worker registers no {nameof(IFunctionMetadataProvider)} by its type, so Azker cannot set the schedule of its guard. "
                + "Use the version of Microsoft.Azure.Functions.Worker that this version of Azker names.");
        services.AddSingleton<IFunctionMetadataProvider>(provider => new GuardSchedule(
            (IFunctionMetadataProvider)ActivatorUtilities.CreateInstance(provider, functions), provider.GetRequiredService<AzkerBot>()));
    }

    public async Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory)
    {
        ImmutableArray<IFunctionMetadata> found = await functions.GetFunctionMetadataAsync(directory);
        string schedule = JsonEncodedText.Encode(bot.Options.Webhook.GuardSchedule).ToString();
        foreach (IList<string> bindings in found.Select(function => function.RawBindings).OfType<IList<string>>())
        {
            for (int index = 0; index < bindings.Count; index++)
            {
                bindings[index] = bindings[index].Replace(WebhookGuardFunction.Schedule, schedule, StringComparison.Ordinal);
            }
        }

        return found;
    }
}
