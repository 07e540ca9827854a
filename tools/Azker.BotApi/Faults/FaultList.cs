namespace Azker.BotApi.Faults;

/// <summary>The faults that one server applies to Bot API calls. Control calls never fail on purpose. Thread-safe.</summary>
public sealed class FaultList
{
    private readonly Lock _lock = new();
    private readonly List<FaultRecord> _records = [];
    private int _lastId;

    internal FaultList()
    {
    }

    /// <summary>The faults that were added and not removed, oldest first. A fault that has acted all its times stays in the list.</summary>
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

    /// <summary>Adds a fault, which acts on the calls that start from now on.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>The number by which <see cref="Remove"/> finds the fault: 1 for the first, then counted up.</returns>
    /// <exception cref="ArgumentException">A value of the fault is out of range. The message names the value and the range.</exception>
    public int Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.FindFault() is { } wrong)
        {
            throw new ArgumentException(wrong, nameof(fault));
        }

        lock (_lock)
        {
            _records.Add(new FaultRecord(++_lastId, fault, 0));
            return _lastId;
        }
    }

    /// <summary>Removes a fault. A call that the fault already acts on, such as a hanging call, is not affected.</summary>
    /// <param name="id">The number that <see cref="Add"/> returned.</param>
    /// <returns>Whether the list contained the fault.</returns>
    public bool Remove(int id)
    {
        lock (_lock)
        {
            return _records.RemoveAll(record => record.Id == id) > 0;
        }
    }

    /// <summary>Removes all faults. Calls that a fault already acts on, such as hanging calls, are not affected.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _records.Clear();
        }
    }

    /// <summary>Finds the fault that acts on a call, and counts the hit.</summary>
    internal Fault? Take(long bot, string method, string chat, int port)
    {
        lock (_lock)
        {
            int index = _records.FindIndex(record =>
                record.Fault.Matches(bot, method, chat, port) && (record.Fault.Times is not { } times || record.Hits < times));
            if (index < 0)
            {
                return null;
            }

            _records[index] = _records[index] with { Hits = _records[index].Hits + 1 };
            return _records[index].Fault;
        }
    }
}
