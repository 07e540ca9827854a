using System.Collections.Immutable;
using System.Text.Json;
using Azker.Core.Configuration;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace Azker.Functions;

/// <summary>
/// Tells the host the guard's schedule itself instead of the name of its setting: the host resolves the name only where the
/// setting is there, and leaves the guard out where it is not.
/// </summary>
internal sealed class GuardSchedule(IFunctionMetadataProvider functions, WebhookOptions options) : IFunctionMetadataProvider
{
    public async Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory)
    {
        ImmutableArray<IFunctionMetadata> found = await functions.GetFunctionMetadataAsync(directory);
        foreach (IList<string> bindings in found.Select(function => function.RawBindings).OfType<IList<string>>())
        {
            for (int index = 0; index < bindings.Count; index++)
            {
                bindings[index] = bindings[index].Replace(
                    WebhookGuardFunction.Schedule, JsonEncodedText.Encode(options.GuardSchedule).ToString(), StringComparison.Ordinal);
            }
        }

        return found;
    }
}
