using System.Text;
using System.Text.Json.Nodes;
using Azker.Core.Updates;
using CsCheck;
using Telegram.Bot.Types;

namespace Azker.Core.Tests.Updates;

/// <summary>Samples of updates with some of their nodes replaced by random values or removed.</summary>
public class DamagedUpdateTests
{
    private static readonly string?[] Replacements =
        [null, "null", "true", "5", "-1", "1e300", "\"x\"", "\"5\"", "{}", "[]", "[null]", "[[]]", "[5]", """{"type":"hologram"}""", """[{"type":"hologram"}]"""];

    private static readonly Gen<(int Node, string? Value)> Damage = Gen.Select(Gen.Int[0, 999], Gen.Int[0, Replacements.Length - 1].Select(at => Replacements[at]));

    [Fact]
    public void A_damaged_update_is_typed_with_what_is_intact_unless_a_required_part_is_damaged() =>
        Gen.Select(Gen.Int[0, SampleUpdates.All.Count - 1], Damage.Array[1, 4]).Sample((sample, damages) =>
        {
            JsonObject update = SampleUpdates.All[sample].DeepClone().AsObject();
            string kind = update.Last().Key;
            string[] damaged = [.. damages.Select(damage => Apply(update, damage.Node, damage.Value))];

            Update? typed = TryType(update);

            if (!damaged.Any(SampleUpdates.Required[kind].Append("").Contains))
            {
                AssertKept(kind, damaged, typed ?? throw new InvalidOperationException($"{string.Join(", ", damaged)}: {update.ToJsonString()}"));
            }
        }, iter: 5_000);

    [Fact]
    public void Every_node_of_every_sample_can_be_damaged_in_every_way()
    {
        for (int sample = 0; sample < SampleUpdates.All.Count; sample++)
        {
            for (int node = 0; node < Nodes(SampleUpdates.All[sample]).Count; node++)
            {
                foreach (string? value in Replacements)
                {
                    JsonObject update = SampleUpdates.All[sample].DeepClone().AsObject();
                    string damaged = Apply(update, node, value);
                    Assert.True(TryType(update) is not null || SampleUpdates.Required[update.Last().Key].Append("").Contains(damaged), update.ToJsonString());
                }
            }
        }
    }

    private static Update? TryType(JsonObject update)
    {
        byte[] raw = Encoding.UTF8.GetBytes(update.ToJsonString());
        ReceivedUpdate received = ReceivedUpdate.Parse(raw);
        try
        {
            return received.Update;
        }
        catch (UnreadableUpdateException)
        {
            return null;
        }
    }

    private static void AssertKept(string kind, string[] damaged, Update typed)
    {
        bool IsIntact(string name) => !damaged.Any(path => path == name || path.StartsWith($"{name}.", StringComparison.Ordinal));
        switch (kind)
        {
            case "message":
                Assert.Equal(SampleUpdates.Chat, typed.Message!.Chat.Id);
                Assert.Equal(IsIntact("text") ? SampleUpdates.Text : typed.Message.Text, typed.Message.Text);
                Assert.True(!IsIntact("from") || typed.Message.From is { Id: 5, FirstName: "ليلى" });
                break;
            case "callback_query":
                Assert.Equal(("3", 5), (typed.CallbackQuery!.Id, typed.CallbackQuery.From.Id));
                Assert.Equal(IsIntact("data") ? "yes" : typed.CallbackQuery.Data, typed.CallbackQuery.Data);
                break;
            default:
                Assert.Equal(SampleUpdates.Chat, typed.MessageReaction!.Chat.Id);
                break;
        }
    }

    /// <summary>Replaces a node, or removes it if there is no value, and returns its path below the object of the update's kind.</summary>
    private static string Apply(JsonObject update, int number, string? value)
    {
        List<(string Path, JsonNode Parent, string? Name, int Index)> nodes = Nodes(update);
        if (nodes.Count == 0)
        {
            return "";
        }

        (string path, JsonNode parent, string? name, int index) = nodes[number % nodes.Count];
        switch (parent)
        {
            case JsonObject properties when value is null:
                properties.Remove(name!);
                break;
            case JsonObject properties:
                properties[name!] = JsonNode.Parse(value);
                break;
            case JsonArray list when value is null:
                list.RemoveAt(index);
                break;
            case JsonArray list:
                list[index] = JsonNode.Parse(value);
                break;
        }

        return path;
    }

    /// <summary>Lists the places of all nodes except <c>update_id</c>; the path of the object of the update's kind is empty.</summary>
    private static List<(string Path, JsonNode Parent, string? Name, int Index)> Nodes(JsonObject update)
    {
        List<(string, JsonNode, string?, int)> places = [];
        foreach ((string name, JsonNode? node) in update.Skip(1))
        {
            places.Add(("", update, name, 0));
            Add(node, "");
        }

        return places;

        void Add(JsonNode? node, string path)
        {
            string prefix = path.Length == 0 ? "" : $"{path}.";
            if (node is JsonObject properties)
            {
                foreach ((string name, JsonNode? child) in properties)
                {
                    places.Add(($"{prefix}{name}", properties, name, 0));
                    Add(child, $"{prefix}{name}");
                }
            }
            else if (node is JsonArray list)
            {
                for (int i = 0; i < list.Count; i++)
                {
                    places.Add(($"{prefix}{i}", list, null, i));
                    Add(list[i], $"{prefix}{i}");
                }
            }
        }
    }
}
