namespace Azker.BotApi.Faults;

/// <summary>The faults of one server. Thread-safe.</summary>
public sealed class FaultList
{
    private readonly Lock _lock = new();
    private readonly List<FaultRecord> _records = [];
    private int _lastId;

    internal FaultList()
    {
    }

    /// <summary>All faults since the last clearing, used up or not.</summary>
    public IReadOnlyList<FaultRecord> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _records];
            }
        }
    }

    /// <returns>The number by which it can be removed.</returns>
    public int Add(Fault fault)
    {
        lock (_lock)
        {
            _records.Add(new FaultRecord(++_lastId, fault, 0));
            return _lastId;
        }
    }

    public bool Remove(int id)
    {
        lock (_lock)
        {
            return _records.RemoveAll(record => record.Id == id) > 0;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _records.Clear();
        }
    }

    /// <summary>The fault that acts on a call, which is thereby used once.</summary>
    internal Fault? Take(long bot, string method, int port)
    {
        lock (_lock)
        {
            int index = _records.FindIndex(record =>
                record.Fault.Matches(bot, method, port) && (record.Fault.Times is not { } times || record.Hits < times));
            if (index < 0)
            {
                return null;
            }

            _records[index] = _records[index] with { Hits = _records[index].Hits + 1 };
            return _records[index].Fault;
        }
    }
}
