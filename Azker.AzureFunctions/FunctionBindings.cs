using System.Collections.Immutable;
using System.Text.Json;
using Azker.AzureFunctions.Parking;
using Azker.Core.Delivery.Parking;
using Azker.Core.Hosting;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.AzureFunctions;

/// <summary>
/// Gives the Functions host the schedule of the guard and the name of the queue instead of the names of settings: the host resolves a
/// name only if the setting exists, and does not run the function otherwise. Leaves out the functions that have nothing to do.
/// </summary>
internal sealed class FunctionBindings(IFunctionMetadataProvider functions, AzkerBot bot) : IFunctionMetadataProvider
{
    /// <summary>Wraps the worker's own description of the functions in a description that has the values.</summary>
    /// <exception cref="InvalidOperationException">This version of the worker describes its functions in another way.</exception>
    public static void Add(IServiceCollection services)
    {
        Type functions = services.LastOrDefault(service => service.ServiceType == typeof(IFunctionMetadataProvider))?.ImplementationType
            ?? throw new InvalidOperationException(
                $"The Functions worker registers no {nameof(IFunctionMetadataProvider)} by its type, so Azker cannot set the schedule of its guard. "
                + "Use the version of Microsoft.Azure.Functions.Worker that this version of Azker names.");
        services.AddSingleton<IFunctionMetadataProvider>(provider => new FunctionBindings(
            (IFunctionMetadataProvider)ActivatorUtilities.CreateInstance(provider, functions), provider.GetRequiredService<AzkerBot>()));
    }

    public async Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory)
    {
        ImmutableArray<IFunctionMetadata> found = [.. (await functions.GetFunctionMetadataAsync(directory)).Where(IsNeeded)];
        foreach (IList<string> bindings in found.Select(function => function.RawBindings).OfType<IList<string>>())
        {
            for (int index = 0; index < bindings.Count; index++)
            {
                bindings[index] = Resolve(Resolve(bindings[index], WebhookGuardFunction.Schedule, bot.Options.Webhook.GuardSchedule),
                    ParkedQueueFunction.Queue, ParkedUpdateQueue.NameFor(bot.Options));
            }
        }

        return found;
    }

    private static string Resolve(string binding, string name, string value) =>
        binding.Replace(name, JsonEncodedText.Encode(value).ToString(), StringComparison.Ordinal);

    private bool IsNeeded(IFunctionMetadata function) => function.Name switch
    {
        ParkedQueueFunction.Name => bot.Receiver.GetRequiredService<IParkedUpdateQueue>().IsUsable,
        ParkedTimerFunction.Name => bot.Options.Storage.IsConfigured,
        _ => true,
    };
}
