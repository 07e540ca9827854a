using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Azker.Simulation.Storage;

/// <summary>The part of the Table service that a ledger needs, for one table, in virtual time.</summary>
internal sealed class TableService(TimeProvider time)
{
    private readonly Dictionary<string, Row> _rows = [];
    private bool _exists;
    private int _version;

    public TableAnswer Answer(string method, string path, string? unchanged, string body)
    {
        string last = path[(path.LastIndexOf('/') + 1)..];
        if (last == "Tables")
        {
            bool isNew = !_exists;
            _exists = true;
            return isNew ? new TableAnswer(204) : new TableAnswer(409, "TableAlreadyExists");
        }

        if (!_exists)
        {
            return new TableAnswer(404, "TableNotFound");
        }

        return method == "POST" ? Insert((JsonObject)JsonNode.Parse(body)!) : Answer(method, last[last.IndexOf('(', StringComparison.Ordinal)..], unchanged, (JsonObject?)(body.Length == 0 ? null : JsonNode.Parse(body)));
    }

    private TableAnswer Answer(string method, string key, string? unchanged, JsonObject? entity)
    {
        if (!_rows.TryGetValue(key, out Row? row))
        {
            return new TableAnswer(404, "ResourceNotFound");
        }

        if (method == "GET")
        {
            return new TableAnswer(200) { ETag = row.ETag, Body = row.Json() };
        }

        if (unchanged != "*" && unchanged != row.ETag)
        {
            return new TableAnswer(412, "UpdateConditionNotSatisfied");
        }

        return method switch
        {
            "PUT" => Write(key, entity!),
            "PATCH" or "MERGE" => Write(key, Merge(row.Entity, entity!)),
            _ => throw new NotSupportedException($"The table service does not know {method}."),
        };
    }

    private TableAnswer Insert(JsonObject entity)
    {
        string key = $"(PartitionKey='{entity["PartitionKey"]}',RowKey='{entity["RowKey"]}')";
        return _rows.ContainsKey(key) ? new TableAnswer(409, "EntityAlreadyExists") : Write(key, entity);
    }

    private TableAnswer Write(string key, JsonObject entity)
    {
        string etag = string.Create(CultureInfo.InvariantCulture, $"W/\"{++_version}\"");
        _rows[key] = new Row(entity, etag, time.GetUtcNow());
        return new TableAnswer(204) { ETag = etag };
    }

    private static JsonObject Merge(JsonObject old, JsonObject changes)
    {
        var merged = (JsonObject)old.DeepClone();
        foreach ((string name, JsonNode? value) in changes)
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    private sealed record Row(JsonObject Entity, string ETag, DateTimeOffset WrittenAt)
    {
        public string Json()
        {
            var shown = (JsonObject)Entity.DeepClone();
            shown["odata.etag"] = ETag;
            shown["Timestamp"] = WrittenAt.ToString("O", CultureInfo.InvariantCulture);
            return shown.ToJsonString(JsonSerializerOptions.Default);
        }
    }
}
