package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.chain.ChainHead;
import io.github.clinicsessions.audit.chain.ChainRow;
import io.github.clinicsessions.audit.chain.Seal;
import io.github.clinicsessions.audit.chain.StoredRow;

/** The chain's entities as the records that leave this package. */
final class ChainEntities {

    private ChainEntities() {}

    static ChainHead toHead(LedgerHeadEntity entity) {
        return new ChainHead(entity.seq, entity.hash, entity.sealNo);
    }

    static StoredRow toStored(ChainedRowEntity entity) {
        return new StoredRow(
                entity.id,
                entity.realmId,
                entity.clinicIds,
                entity.occurredAt,
                entity.action,
                entity.cause,
                entity.userId,
                entity.username,
                entity.sessionRef,
                entity.actorType,
                entity.actorId,
                entity.actorName,
                entity.device,
                entity.ipAddress,
                entity.country,
                entity.details,
                entity.state);
    }

    static ChainRow toRow(ChainedRowEntity entity) {
        long seq = entity.chainSeq == null ? 0 : entity.chainSeq;
        return new ChainRow(seq, entity.chainPrevious, entity.chainHash, toStored(entity));
    }

    static Seal toSeal(LedgerSealEntity entity) {
        return new Seal(
                entity.realmId,
                entity.sealNo,
                entity.kind,
                entity.fromSeq,
                entity.uptoSeq,
                entity.hash,
                entity.sealedAt,
                entity.previousSeal,
                entity.keyId,
                entity.algorithm,
                entity.publicKey,
                entity.signature);
    }

    static LedgerSealEntity toEntity(Seal seal) {
        LedgerSealEntity entity = new LedgerSealEntity();
        entity.realmId = seal.realmId();
        entity.sealNo = seal.no();
        entity.kind = seal.kind();
        entity.fromSeq = seal.fromSeq();
        entity.uptoSeq = seal.uptoSeq();
        entity.hash = seal.hash();
        entity.sealedAt = seal.sealedAt();
        entity.previousSeal = seal.previous();
        entity.keyId = seal.keyId();
        entity.algorithm = seal.algorithm();
        entity.publicKey = seal.publicKey();
        entity.signature = seal.signature();
        return entity;
    }
}
