using System.Text.Json.Serialization.Metadata;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary>The names of the members that commands print with <c>--json</c>, which programs read.</summary>
public sealed class JsonMemberTests
{
    [Fact]
    public void The_members_have_the_names_that_the_programs_of_users_read() => Assert.Equal(
        """
        ConfigReport: settings similar faults
        ConfigSetting: name value is_set is_secret source
        Finding: check state detail remedy
        InstanceRecord: schema instance host pid version started_at at every mode state reason last_received_at last_settled_at settled in_flight conflicts per_minute handler_seconds lock_renewed_at
        InstanceReport: is_late record
        LockBreak: outcome before after
        LockHolderReport: pid host instance state mode epoch started_at since version
        LockReport: kind location holder
        ReceiverReport: mode host pid since epoch
        SimilarSetting: name source setting has_effect
        StatusReport: at bot_id receiver lock webhook telegram_fault pending_trend in_flight parked dead_letters last_received_at last_settled_at ledger storage_fault instances lock_renewed_at
        WebhookChange: outcome dry_run drift reason
        WebhookReport: is_registered url configured_url drift pending_update_count max_connections allowed_updates ip_address has_custom_certificate last_error_at last_error
        """,
        string.Join('\n', Printed().OrderBy(type => type.Type.Name, StringComparer.Ordinal).Select(Describe)));

    private static string Describe(JsonTypeInfo type) => $"{type.Type.Name}: {string.Join(' ', type.Properties.Select(member => member.Name))}";

    /// <summary>The types that the commands print, and those of their members.</summary>
    private static HashSet<JsonTypeInfo> Printed()
    {
        CommandJsonContext context = CommandJsonContext.Default;
        var found = new HashSet<JsonTypeInfo>();
        var left = new Queue<JsonTypeInfo>(
            [context.ConfigReport, context.Finding, context.LockBreak, context.LockReport, context.StatusReport, context.WebhookChange, context.WebhookReport]);
        while (left.TryDequeue(out JsonTypeInfo? type))
        {
            Type element = type.ElementType ?? type.Type;
            if (context.GetTypeInfo(element) is { Kind: JsonTypeInfoKind.Object } known && found.Add(known))
            {
                known.Properties.ToList().ForEach(member => left.Enqueue(context.GetTypeInfo(member.PropertyType)!));
            }
        }

        return found;
    }
}
