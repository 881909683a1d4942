namespace ExtAuthz.Server.Redis;

/// <summary>
/// The scripts on the records of one refresh token. Each is one step that nothing comes between. A record of a wrong type or size is nobody's and is deleted.
/// Time is the server's, so that the clocks of replicas do not matter.
/// </summary>
internal static class RefreshScripts
{
    private const string Read = """
        local function read(key)
          local size = redis.pcall('STRLEN', key)
          if type(size) == 'table' or size > 65536 then
            redis.call('DEL', key)
            return false
          end
          return redis.call('GET', key)
        end

        """;

    /// <summary>KEYS: result, failure, tombstone, lock, attempt. ARGV: owner, life of the lock, life of the attempt, whether the token may be taken. Answers with what is known, or takes the lock and writes that the token is about to be sent. A token that may not be taken counts as held, for nobody knows how long. Who asks again, for want of an answer, gets the lock that it has.</summary>
    public static RedisScript Claim { get; } = new(Read + """
        local record = read(KEYS[1])
        if record then return {'settled', record} end
        record = read(KEYS[2])
        if record then return {'failed', record} end
        if redis.call('EXISTS', KEYS[3]) == 1 then return {'spent'} end
        local holder = read(KEYS[4])
        if holder and holder ~= ARGV[1] then return {'held', redis.call('PTTL', KEYS[4])} end
        if ARGV[4] == '0' then return {'held'} end
        redis.call('SET', KEYS[4], ARGV[1], 'PX', ARGV[2])
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local first = tonumber(read(KEYS[5]) or nil)
        redis.call('SET', KEYS[5], string.format('%.0f', first or now), 'PX', ARGV[3])
        if first then return {'granted', string.format('%.0f', math.max(0, now - first))} end
        return {'granted'}
        """);

    /// <summary>KEYS: lock, attempt, result, tombstone. ARGV: owner, life, life of the attempt, milliseconds since the lock was taken. Keeps a lock that is still ours, and takes it back where Redis lost it and nobody else has it or is done.</summary>
    public static RedisScript Renew { get; } = new(Read + """
        local holder = read(KEYS[1])
        if holder == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        if holder or redis.call('EXISTS', KEYS[3]) == 1 or redis.call('EXISTS', KEYS[4]) == 1 then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        if redis.call('EXISTS', KEYS[2]) == 0 then
          local time = redis.call('TIME')
          redis.call('SET', KEYS[2], string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[4]), 'PX', ARGV[3])
        end
        return 1
        """);

    /// <summary>
    /// KEYS: result, failure, lock, tombstone. ARGV: owner, record, life, whether it settles the token, channel, name of the token. Gives the lock up and tells it. A renewal is written once,
    /// by whomever; anything else only by the one who holds the lock. Answers with the renewal that was there before.
    /// </summary>
    public static RedisScript Publish { get; } = new(Read + """
        local owned = read(KEYS[3]) == ARGV[1]
        if owned then
          redis.call('DEL', KEYS[3])
          redis.call('PUBLISH', ARGV[5], ARGV[6])
        end
        local settled = read(KEYS[1])
        if settled then return settled end
        if tonumber(ARGV[3]) <= 0 then return false end
        if ARGV[4] == '1' then
          if redis.call('EXISTS', KEYS[4]) == 0 then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
        elseif owned then
          redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
        end
        return false
        """);

    /// <summary>KEYS: lock. ARGV: owner, channel, name of the token. Gives a lock up that is ours, and tells it.</summary>
    public static RedisScript Release { get; } = new("""
        if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('PUBLISH', ARGV[2], ARGV[3])
        return redis.call('DEL', KEYS[1])
        """);

    /// <summary>KEYS: a record. ARGV: its value. Deletes what cannot be opened, or is needed no more, unless it has changed meanwhile.</summary>
    public static RedisScript Drop { get; } = new("""
        if redis.pcall('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
        return 0
        """);

    /// <summary>KEYS: result, tombstone. ARGV: what is left of the result's life, life of the tombstone. The successor is in use.</summary>
    public static RedisScript Acknowledge { get; } = new("""
        local left = redis.call('PTTL', KEYS[1])
        if left == -2 then return 0 end
        if left > tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
        redis.call('SET', KEYS[2], '', 'PX', ARGV[2])
        return 1
        """);
}
